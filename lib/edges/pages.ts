import { browser } from './browser.ts';

/** The rooms of the options page, as they stand in its address. */
export type Room = 'servers' | 'history' | 'security' | 'preferences';

/** Opens the options page in a tab, or brings the one that is open to the front, at a room and a thing in it. */
export async function openOptions(room: Room, thing?: string): Promise<void> {
  const place = `#${room}${thing ? `/${thing}` : ''}`;
  const page = openOptionsPage();
  const tab = await page?.chrome?.tabs.getCurrent();
  if (!page || tab?.id === undefined || tab.windowId === undefined) {
    await browser.tabs.create({ url: browser.runtime.getURL(`options.html${place}`) });
    return;
  }
  page.location.hash = place;
  await browser.tabs.update(tab.id, { active: true });
  await browser.windows.update(tab.windowId, { focused: true });
}

/** The browser's API as another page of the extension has it. Only a page itself knows its tab: without the permission `tabs` nobody finds it. */
type Page = Window & {
  chrome?: { tabs: { getCurrent(): Promise<{ id?: number; windowId?: number } | undefined> } };
};

/** The options page that is open, if one is; a worker sees none. */
function openOptionsPage(): Page | undefined {
  const views: Page[] = browser.extension?.getViews?.({ type: 'tab' }) ?? [];
  return views.find(({ location }) => location.pathname === '/options.html');
}
