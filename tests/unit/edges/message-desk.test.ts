import '../fakes/fake-browser.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../../lib/core/protocol.ts';
import { ok } from '../../../lib/core/result.ts';
import { answerPages } from '../../../lib/edges/message-desk.ts';
import { announce, ask, onAnnouncement } from '../../../lib/edges/messages.ts';
import { fakeBrowser, resetBrowser } from '../fakes/fake-browser.ts';

const revealed: unknown[] = [];
const handlers = {
  revealKey: async (request: unknown) => {
    revealed.push(request);
    return ok({ apiKey: 'sk-secret' });
  },
} as unknown as Handlers;

const REVEAL = { name: 'revealKey', request: { keyId: 'k1' } };
const PAGE = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('options.html#keys') };

beforeEach(() => {
  resetBrowser();
  revealed.length = 0;
  answerPages(handlers);
});

describe('the worker answers', () => {
  it('a page of its own', async () => {
    expect(await fakeBrowser.runtime.deliverFrom(PAGE, REVEAL)).toEqual({
      ok: true,
      value: { apiKey: 'sk-secret' },
    });
    expect(revealed).toEqual([{ keyId: 'k1' }]);
  });

  it.each([
    ['a content script of its own', { ...PAGE, url: 'https://relay.example/keys' }],
    ['a web page that looks like it', { ...PAGE, url: `https://x.example/?${PAGE.url}` }],
    ['another extension', { id: 'other', url: 'chrome-extension://other/popup.html' }],
    ['another extension that names its page', { id: 'other', url: PAGE.url }],
    ['somebody without an address', { id: PAGE.id }],
    ['nobody', {}],
  ])('[P-06] not %s', async (_, sender) => {
    expect(await fakeBrowser.runtime.deliverFrom(sender, REVEAL)).toBeUndefined();
    expect(revealed).toEqual([]);
  });

  it.each([
    ['something that is no request', 'reveal!'],
    ['a request that it does not know', { name: 'dropEverything', request: {} }],
    ['a name that every object has', { name: 'toString', request: {} }],
    ['a request without what belongs to it', { name: 'revealKey' }],
    ['a request of the wrong shape', { name: 'revealKey', request: { keyId: { $ne: '' } } }],
  ])('not %s', async (_, message) => {
    expect(await fakeBrowser.runtime.deliverFrom(PAGE, message)).toBeUndefined();
    expect(revealed).toEqual([]);
  });

  it('without what does not belong to a request', async () => {
    const request = { keyId: 'k1', more: 'of it' };
    await fakeBrowser.runtime.deliverFrom(PAGE, { name: 'revealKey', request });
    expect(revealed).toEqual([{ keyId: 'k1' }]);
  });
});

describe('a page that asks', () => {
  it('gets the answer', async () => {
    expect(await ask('revealKey', { keyId: 'k1' })).toEqual(ok({ apiKey: 'sk-secret' }));
  });

  it('is told when there is none, because the worker is gone or did not understand', async () => {
    const noAnswer = { ok: false, failure: { code: 'worker/no-answer' } };
    expect(await ask('revealKey', { keyId: 7 as unknown as string })).toEqual(noAnswer);
    resetBrowser();
    expect(await ask('revealKey', { keyId: 'k1' })).toEqual(noAnswer);
  });
});

describe('an announcement', () => {
  const news = { event: 'cards-changed' } as const;
  const visibility = (visibilityState: string) =>
    Object.assign(globalThis, { document: { visibilityState } });

  it('is heard by every page, and seen by one that is visible', async () => {
    const heard: unknown[] = [];
    onAnnouncement((announcement) => heard.push(announcement));
    visibility('hidden');
    expect(await announce(news)).toBe(false);
    visibility('visible');
    expect(await announce(news)).toBe(true);
    expect(heard).toEqual([news, news]);
  });

  it('is seen by nobody where no page is open', async () => {
    resetBrowser();
    expect(await announce(news)).toBe(false);
  });

  it('is not heard any more by a page that stopped listening', async () => {
    visibility('visible');
    onAnnouncement(() => {})();
    expect(await announce(news)).toBe(false);
  });

  it('is no request, and a request is no announcement', async () => {
    const heard: unknown[] = [];
    onAnnouncement((announcement) => heard.push(announcement));
    await announce(news);
    await ask('revealKey', { keyId: 'k1' });
    expect(heard).toEqual([news]);
    expect(revealed).toEqual([{ keyId: 'k1' }]);
  });
});
