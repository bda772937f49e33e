import '../fakes/fake-browser.ts';
import { beforeEach, expect, it } from 'vitest';
import type { Asker } from '../../../lib/core/protocol.ts';
import { type Database, openDatabase } from '../../../lib/edges/database.ts';
import { createSealedStore } from '../../../lib/edges/sealed-store.ts';
import { createSessionStore } from '../../../lib/edges/session-store.ts';
import { createProfileVault } from '../../../lib/edges/vault.ts';
import { carryOutIntent } from '../../../lib/workflows/access-intents.ts';
import { fakeBrowser, resetBrowser } from '../fakes/fake-browser.ts';
import { reply, silent } from '../fakes/fake-network.ts';
import { restingBytes, useFreshIndexedDb } from '../fakes/fresh-indexed-db.ts';
import {
  addKey,
  addServer,
  clickOn,
  MANAGEMENT_KEY,
  RELAY,
  resultOf,
  SERVER,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

/** Each is found wherever a part of it that is no mask stands. */
const CANARIES = {
  relayKey: 'sk-canary-relay-7f3a91c4',
  otherKey: 'sk-canary-other-5d0e82b6',
  wrongKey: 'canary-wrong-management-2c6f',
  header: 'canary-header-value-9b1d',
  clientKey: 'canary-client-key-4e8a',
  foreignKey: 'sk-canary-foreign-1a7c33',
  proxyPassword: 'canary@proxy@password',
  providerHeader: 'canary-provider-header-8f',
};
const SECRETS = [...Object.values(CANARIES), MANAGEMENT_KEY];

/** What may be seen of a secret is its mask: six characters and four. So its middle must not stand anywhere. */
const middles = SECRETS.map((secret) => secret.slice(6, -4));
const said = (text: string) => middles.filter((middle) => text.includes(middle));

const config = `openai-compatibility:
  - name: Theirs
    base-url: ${RELAY}/v1
    headers: { X-Secret: ${CANARIES.providerHeader} }
    api-key-entries:
      - api-key: ${CANARIES.foreignKey}
        proxy-url: socks5://me:${CANARIES.proxyPassword}@proxy.local:1080
    models: [{ name: model-0001, alias: model-0001 }]
`;

let database: Promise<Database>;
let bench: Workbench;
let replies: unknown[];

beforeEach(() => {
  resetBrowser();
  useFreshIndexedDb();
  database = openDatabase();
  const vault = createProfileVault(database);
  const storage = {
    store: createSealedStore(database, vault),
    session: createSessionStore(vault),
  };
  bench = workbench({ config, clientKeys: [CANARIES.clientKey], storage });
  replies = [];
});

const tell = async (reply: Promise<unknown>) => void replies.push(await reply);

/** All that a person can do in this version, with everything going right and wrong. */
async function useEverything() {
  const headers = [{ name: 'X-Proxy', value: CANARIES.header }];
  const serverId = await addServer(bench, { headers });
  const keyId = await addKey(bench, { apiKey: CANARIES.relayKey });
  const other = await addKey(bench, { apiKey: CANARIES.otherKey, baseUrl: 'https://else.example' });
  const { handlers } = bench;
  const form = { name: '', address: SERVER, headers, plainHttpAccepted: false };
  const test = (managementKey: string, asker: Asker = 'person') =>
    tell(handlers.testServer({ form: { ...form, managementKey }, asker }));

  await test(CANARIES.wrongKey);
  await test(CANARIES.clientKey, 'insists');
  await test(MANAGEMENT_KEY, 'insists');
  await tell(handlers.lookAtServer({ serverId }));
  const ids = { keyId, serverId };
  await tell(handlers.openImport({ ...ids, reason: 'asked' }));
  const wanted = {
    kind: 'openai-compatibility' as const,
    name: 'New',
    baseUrl: 'https://new.example/v1',
    models: [{ upstream: 'm', alias: 'm' }],
    answers: { keyElsewhere: 'add' as const },
  };
  await tell(handlers.previewImport({ ...ids, form: wanted }));
  await tell(handlers.readModels({ ...ids, baseUrl: RELAY, refresh: true }));
  await tell(handlers.startImport(clickOn(ids)));
  await tell(handlers.runImport({ ...ids, form: wanted }));
  await tell(handlers.startImport(clickOn({ keyId: other, serverId })));
  await failToWrite(ids);
  for (const key of ['key', 'server', 'import'] as const) {
    await tell(handlers.saveDraft({ form: key, value: { apiKey: CANARIES.otherKey, headers } }));
  }
  const task = { do: 'test-server', form: { ...form, managementKey: MANAGEMENT_KEY } } as const;
  await tell(handlers.rememberIntent({ origin: 'https://later.example', task }));
  await carryOutIntent(bench.worker);
  await tell(handlers.removeKey({ keyId: other }));
  await tell(handlers.readKey({ keyId }));
  await tell(handlers.readPopup({ first: 10 }));
  await tell(handlers.readServers({}));
  await tell(handlers.readHistory({}));
}

/** A server, or what stands before it, that quotes in its refusal what was sent. */
async function failToWrite(ids: { keyId: string; serverId: string }) {
  const server = bench.network.hosts.get(SERVER) ?? silent;
  bench.network.hosts.set(SERVER, async (request) =>
    request.method === 'GET' ? server(request) : reply(400, { error: `refused: ${request.body}` }),
  );
  const models = [{ upstream: 'n', alias: 'n' }];
  const form = {
    kind: 'openai-compatibility' as const,
    name: 'More',
    baseUrl: 'https://more.example',
    models,
    answers: { keyElsewhere: 'add' as const },
  };
  await tell(bench.handlers.runImport({ ...ids, form }));
  bench.network.hosts.set(SERVER, server);
}

it('no secret is in anything that a page is told, shown or answered, but for what it reveals', async () => {
  await useEverything();
  const outcomes = bench.announced.flatMap((news) =>
    news.event === 'result' ? [resultOf(news.entry).outcome] : [],
  );
  expect(outcomes).toEqual(expect.arrayContaining(['added', 'created', 'failed']));
  expect(said(JSON.stringify(replies))).toEqual([]);
  expect(said(JSON.stringify(bench.announced))).toEqual([]);
  expect(said(JSON.stringify(bench.toolbar))).toEqual([]);
});

it('no secret rests readable in the browser, and none where it does not belong', async () => {
  await useEverything();
  expect(said(await restingBytes(database))).toEqual([]);
  expect(said([...fakeBrowser.storage.session.values.values()].join('\n'))).toEqual([]);
  expect(fakeBrowser.storage.local.values.size).toBe(0);
  expect(fakeBrowser.storage.session.values.size).toBeGreaterThan(3);
});

it('no secret is in an address, and each goes only to whom it opens', async () => {
  await useEverything();
  const { sent } = bench.network;
  expect(said(JSON.stringify(sent.map(({ path }) => path)))).toEqual([]);
  const keysSentTo = (origin: string) =>
    SECRETS.filter((secret) =>
      JSON.stringify(sent.filter((request) => request.origin === origin)).includes(secret),
    );
  expect(keysSentTo(RELAY)).toEqual([CANARIES.relayKey]);
  expect(keysSentTo('https://else.example')).toEqual([]);
  expect(new Set(sent.map(({ origin }) => origin))).toEqual(new Set([SERVER, RELAY]));
});
