import { say, type Words } from '../core/words/words.ts';
import { browser } from './browser.ts';
import { readPreferences } from './preferences-store.ts';
import { loadLanguage } from './words.ts';

export interface ToolbarState {
  unseen: number;
  attention: boolean;
  running: number;
}

const ICON_SIZES = [16, 32, 48];
const BADGE = { attention: '#b3302a', calm: '#0b6579' };

let drawn: Promise<void> = Promise.resolve();

/**
 * Shows the state on the toolbar button: an icon, a badge, and words for those who see
 * neither. Of several states the last one stays. A button that cannot be drawn is no
 * reason to stop what it would have shown.
 */
export function showToolbarState(state: ToolbarState): Promise<void> {
  drawn = drawn.then(() => draw(state)).catch(() => {});
  return drawn;
}

async function draw({ unseen, attention, running }: ToolbarState): Promise<void> {
  const { language } = await readPreferences();
  const { text: textOf } = await loadLanguage(language);
  const name = attention ? 'attention' : 'icon';
  const path = Object.fromEntries(ICON_SIZES.map((size) => [size, `/icons/${name}-${size}.png`]));
  await Promise.all([
    browser.action.setIcon({ path }),
    browser.action.setBadgeText({ text: attention ? '!' : unseen > 0 ? String(unseen) : '' }),
    browser.action.setBadgeBackgroundColor({ color: attention ? BADGE.attention : BADGE.calm }),
    browser.action.setTitle({ title: textOf(titleOf({ unseen, attention, running })) }),
  ]);
}

function titleOf({ unseen, attention, running }: ToolbarState): Words {
  if (attention) return say('toolbar_attention');
  if (running > 0) return say('toolbar_running', { count: running });
  return unseen > 0 ? say('toolbar_unseen', { count: unseen }) : say('toolbar_idle');
}
