import '../fakes/fake-browser.ts';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../lib/core/preferences.ts';
import { fail, ok } from '../../../lib/core/result.ts';
import { say } from '../../../lib/core/words/words.ts';
import {
  accessPattern,
  grantedOrigins,
  hasAccess,
  onAccessChanged,
  onAccessGranted,
  requestAccess,
  revokeAccess,
} from '../../../lib/edges/permissions.ts';
import {
  onPreferencesChanged,
  readPreferences,
  savePreferences,
} from '../../../lib/edges/preferences-store.ts';
import { showToolbarState } from '../../../lib/edges/toolbar.ts';
import { loadLanguage } from '../../../lib/edges/words.ts';
import { fakeBrowser, resetBrowser } from '../fakes/fake-browser.ts';

const root = resolve(import.meta.dirname, '../../../public');

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace(fakeBrowser.runtime.getURL(''), '');
    return new Response(readFileSync(join(root, path)));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe('the permission for an address', () => {
  it('is that of its one origin, with its port', () => {
    expect(accessPattern('http://nas.local:8317/v0/management')).toBe('http://nas.local:8317/*');
    expect(accessPattern('https://relay.example/v1')).toBe('https://relay.example/*');
    expect(accessPattern('http://[::1]:8317')).toBe('http://[::1]:8317/*');
  });

  it('is without the port in Firefox, where one with a port matches nothing', () => {
    vi.stubEnv('FIREFOX', 'true');
    expect(accessPattern('http://nas.local:8317/v0/management')).toBe('http://nas.local/*');
  });

  it('is had once the person gave it, until it is taken back', async () => {
    const [granted, changed] = [vi.fn<() => void>(), vi.fn<() => void>()];
    onAccessGranted(granted);
    const stop = onAccessChanged(changed);
    expect(await hasAccess('https://relay.example/v1')).toBe(false);
    await requestAccess('https://relay.example/v1');
    await requestAccess('https://a.example');
    expect(await hasAccess('https://relay.example/other')).toBe(true);
    expect(await grantedOrigins()).toEqual(['https://a.example/*', 'https://relay.example/*']);
    await revokeAccess('https://relay.example/*');
    expect(await hasAccess('https://relay.example/v1')).toBe(false);
    expect([granted.mock.calls.length, changed.mock.calls.length]).toEqual([2, 3]);
    stop();
    await revokeAccess('https://a.example/*');
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('is not had where the browser takes no such address, or the address is none', async () => {
    fakeBrowser.permissions.contains = () => Promise.reject(new TypeError('Invalid host'));
    expect(await hasAccess('http://[::1]:8317')).toBe(false);
    expect(await hasAccess('no address')).toBe(false);
  });
});

describe('preferences', () => {
  it('are the usual ones until a person chooses others', async () => {
    expect(await readPreferences()).toEqual(DEFAULT_PREFERENCES);
    const chosen = { oneClick: 'ask', language: 'zh_CN', theme: 'dark' } as const;
    expect(await savePreferences(chosen)).toEqual(ok(undefined));
    expect(await readPreferences()).toEqual(chosen);
  });

  it('count as not chosen where they are not known here', async () => {
    await fakeBrowser.storage.local.set({ preferences: { oneClick: 'never', theme: 'dark' } });
    expect(await readPreferences()).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark' });
    await fakeBrowser.storage.local.set({ preferences: 'none' });
    expect(await readPreferences()).toEqual(DEFAULT_PREFERENCES);
  });

  it('are told of when they change in another window', async () => {
    const changed = vi.fn<() => Promise<void>>();
    onPreferencesChanged(changed);
    await fakeBrowser.storage.local.set({ other: 1 });
    expect(changed).not.toHaveBeenCalled();
    await savePreferences(DEFAULT_PREFERENCES);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('say so where they cannot be kept', async () => {
    fakeBrowser.storage.local.broken = new Error('full');
    expect(await savePreferences(DEFAULT_PREFERENCES)).toEqual(fail({ code: 'storage/full' }));
  });
});

describe('words', () => {
  const words = say('toolbar_unseen', { count: 2 });

  it.each([
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['zh-TW', 'zh-CN'],
    ['zh', 'zh-CN'],
  ])('are in the language nearest to that of the browser: %s', async (language, tag) => {
    fakeBrowser.i18n.language = language;
    expect((await loadLanguage('auto')).tag).toBe(tag);
  });

  it('are in the chosen language, with their values and the right plural', async () => {
    fakeBrowser.i18n.language = 'zh';
    const { text } = await loadLanguage('en');
    const one = say('toolbar_unseen', { count: 1 });
    expect(text(words)).toContain('2');
    expect(text(words).replace('2', '1')).not.toBe(text(one));
  });
});

describe('the toolbar button', () => {
  const button = () => fakeBrowser.action.button;

  it.each([
    [{ unseen: 0, attention: false, running: 0 }, '', 'icon'],
    [{ unseen: 2, attention: false, running: 0 }, '2', 'icon'],
    [{ unseen: 2, attention: true, running: 1 }, '!', 'attention'],
  ])('shows %o', async (state, text, icon) => {
    await showToolbarState(state);
    expect(button()).toMatchObject({ text, path: { 16: `/icons/${icon}-16.png` } });
    expect(button().title).toMatch(/\S/);
  });

  it('says its state in words, each another', async () => {
    const titles = new Set();
    for (const state of [
      { unseen: 0, attention: false, running: 0 },
      { unseen: 0, attention: false, running: 1 },
      { unseen: 1, attention: false, running: 0 },
      { unseen: 1, attention: true, running: 0 },
    ]) {
      await showToolbarState(state);
      titles.add(button().title);
    }
    expect(titles.size).toBe(4);
  });

  it('shows the last of several states, however long each takes', async () => {
    const { getURL } = fakeBrowser.runtime;
    let slow = true;
    vi.stubGlobal('fetch', async (url: string) => {
      if (slow) {
        slow = false;
        await new Promise((turn) => setImmediate(turn));
      }
      return new Response(readFileSync(join(root, url.replace(getURL(''), ''))));
    });
    await Promise.all([
      showToolbarState({ unseen: 1, attention: true, running: 0 }),
      showToolbarState({ unseen: 0, attention: false, running: 0 }),
    ]);
    expect(button()).toMatchObject({ text: '' });
  });

  it('keeps nobody from working where it cannot be drawn', async () => {
    fakeBrowser.action.setIcon = () => Promise.reject(new Error('Failed to set icon'));
    await expect(
      showToolbarState({ unseen: 1, attention: false, running: 0 }),
    ).resolves.toBeUndefined();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(
      showToolbarState({ unseen: 0, attention: false, running: 0 }),
    ).resolves.toBeUndefined();
  });
});
