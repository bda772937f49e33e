import { fail, ok } from '../core/result.ts';
import type { SessionState, SessionStore } from '../core/stores.ts';
import { browser } from './browser.ts';
import type { SealedRecord } from './database.ts';
import { EMPTY_SESSION, sessionShapes } from './session-shapes.ts';
import type { Vault } from './vault.ts';
import { z } from './zod.ts';

/** `storage.session` takes JSON only, so a sealed record travels as text. */
const sealedText = z.object({ iv: z.base64(), data: z.base64() });

/** The session's state: never on disk, and sealed all the same, because forms hold secrets. */
export function createSessionStore(vault: Vault): SessionStore {
  return {
    async read(name) {
      const unreadable = fail({ code: 'storage/unreadable', what: name });
      let stored: unknown;
      try {
        stored = (await browser.storage.session.get(name))[name];
      } catch {
        return unreadable;
      }
      if (stored === undefined) return ok(EMPTY_SESSION[name]);
      const text = sealedText.safeParse(stored);
      if (!text.success) return unreadable;
      const opened = await vault.open(name, fromText(text.data));
      if (!opened.ok) return opened;
      const parsed = sessionShapes[name].safeParse(opened.value);
      // The shape is looked up by the same name as the type.
      return parsed.success ? ok(parsed.data as SessionState[typeof name]) : unreadable;
    },

    async write(name, value) {
      const sealed = await vault.seal(name, value);
      if (!sealed.ok) return sealed;
      try {
        await browser.storage.session.set({ [name]: toText(sealed.value) });
        return ok(undefined);
      } catch {
        return fail({ code: 'storage/full' });
      }
    },
  };
}

function toText({ iv, data }: SealedRecord) {
  return { iv: encode(iv), data: encode(new Uint8Array(data)) };
}

function fromText({ iv, data }: { iv: string; data: string }): SealedRecord {
  return { v: 1, iv: decode(iv), data: decode(data).buffer };
}

const CHUNK = 0x8000;

function encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

const decode = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
