import '../fakes/fake-browser.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../lib/core/result.ts';
import type { SessionState } from '../../../lib/core/stores.ts';
import { openDatabase } from '../../../lib/edges/database.ts';
import { createSessionStore } from '../../../lib/edges/session-store.ts';
import { createProfileVault, type Vault } from '../../../lib/edges/vault.ts';
import { fakeBrowser, resetBrowser } from '../fakes/fake-browser.ts';
import { useFreshIndexedDb } from '../fakes/fresh-indexed-db.ts';

const SECRET = 'sk-relay-0123456789abcd';

let vault: Vault;

beforeEach(() => {
  resetBrowser();
  useFreshIndexedDb();
  vault = createProfileVault(openDatabase());
});

const session = () => createSessionStore(vault);
const resting = () => [...fakeBrowser.storage.session.values.values()].join('\n');

const states: SessionState = {
  unseen: [],
  dialog: { keyId: 'first-relay-key', serverId: 'first-server', reason: 'many-models' },
  intent: {
    origin: 'https://nas.example',
    task: {
      do: 'test-server',
      form: {
        name: '',
        address: 'nas.example',
        managementKey: SECRET,
        headers: [{ name: 'X-Proxy', value: SECRET }],
        plainHttpAccepted: false,
      },
    },
  },
  drafts: { key: { name: 'Mine', apiKey: SECRET }, import: null },
  models: {
    'https://relay.example/v1 print': {
      state: 'read',
      upstream: ['m'],
      way: 'access',
      baseUrl: 'https://relay.example/v1',
      readAt: 2,
    },
  },
  chosenServer: 's1',
};

describe('the state of a session', () => {
  it.each(Object.keys(states) as (keyof SessionState)[])(
    'keeps %s for the next worker, and sealed',
    async (name) => {
      expect(await session().write(name, states[name])).toEqual(ok(undefined));
      expect(await session().read(name)).toEqual(ok(states[name]));
      for (const said of [SECRET, 'relay.example', 'many-models', 'nas.example']) {
        expect(resting()).not.toContain(said);
      }
    },
  );

  it('begins empty', async () => {
    expect(await session().read('unseen')).toEqual(ok([]));
    expect(await session().read('intent')).toEqual(ok(null));
    expect(await session().read('drafts')).toEqual(ok({}));
  });

  it('takes more than fits into one call of a function', async () => {
    const drafts = { import: Array.from({ length: 20_000 }, (_, nth) => `model-${nth}`) };
    await session().write('drafts', drafts);
    expect(await session().read('drafts')).toEqual(ok(drafts));
  });

  it('is never on disk', async () => {
    await session().write('drafts', states.drafts);
    expect(fakeBrowser.storage.local.values.size).toBe(0);
    expect(await (await openDatabase()).getAllKeys('sealed')).toEqual([]);
  });

  it('is a failure where it was changed, moved or is of another shape', async () => {
    await session().write('chosenServer', 's1');
    const { values } = fakeBrowser.storage.session;
    values.set('dialog', values.get('chosenServer') ?? '');
    expect(await session().read('dialog')).toEqual(
      fail({ code: 'storage/unreadable', what: 'dialog' }),
    );
    values.set('drafts', '"readable"');
    expect(await session().read('drafts')).toEqual(
      fail({ code: 'storage/unreadable', what: 'drafts' }),
    );
  });

  it('says that it is full, or that the browser does not give it', async () => {
    fakeBrowser.storage.session.broken = new Error('QUOTA_BYTES quota exceeded');
    expect(await session().write('unseen', [])).toEqual(fail({ code: 'storage/full' }));
    expect(await session().read('chosenServer')).toEqual(
      fail({ code: 'storage/unreadable', what: 'chosenServer' }),
    );
  });

  it('says that the vault is locked', async () => {
    await session().write('chosenServer', 's1');
    const locked = fail({ code: 'vault/locked' } as const);
    vault = { ready: async () => locked, seal: async () => locked, open: async () => locked };
    expect(await session().read('chosenServer')).toEqual(locked);
    expect(await session().write('unseen', [])).toEqual(locked);
  });
});
