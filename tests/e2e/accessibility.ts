import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing that axe can find is wrong with the page as it stands. */
export const expectAccessible = (page: Page): Promise<void> =>
  expectClean(new AxeBuilder({ page }));

/** The same in light and in dark, which differ in their contrasts only. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectClean(new AxeBuilder({ page }).withRules('color-contrast'));
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
}

async function expectClean(axe: AxeBuilder): Promise<void> {
  // The other mode opens a page to join the results of frames, of which there are none.
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  expect(found).toEqual([]);
}

/** The page itself cannot be scrolled sideways. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const hidden = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(hidden).toBeLessThanOrEqual(0);
}
