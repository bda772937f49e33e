import { describe, expect, it } from 'vitest';
import type { AccessIntent } from '../../../lib/core/protocol.ts';
import { carryOutIntent } from '../../../lib/workflows/access-intents.ts';
import {
  addKey,
  addServer,
  MANAGEMENT_KEY,
  RELAY,
  SERVER,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

async function setUp() {
  const bench = workbench({ relay: { cors: false } });
  await addServer(bench);
  const keyId = await addKey(bench);
  const toRead: AccessIntent = {
    origin: RELAY,
    task: { do: 'read-models', keyId, baseUrl: RELAY },
  };
  bench.announced.length = 0;
  return { bench, keyId, toRead };
}

/** The person allows an origin; the browser tells the worker. */
function allow(bench: Workbench, origin: string): Promise<void> {
  bench.network.allowed.add(origin);
  return carryOutIntent(bench.worker);
}

const events = ({ announced }: Workbench) => announced.map(({ event }) => event);

describe('what is to be done once a permission is given', () => {
  it('is done by the worker, whether the page that asked is still there or not', async () => {
    const { bench, keyId, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    bench.restart();
    await allow(bench, RELAY);
    expect(bench.announced).toEqual([
      {
        event: 'models',
        keyId,
        baseUrl: RELAY,
        models: expect.objectContaining({ state: 'read', way: 'access' }),
      },
    ]);
    expect(bench.asked()).toEqual([`GET ${RELAY}/v1/models`]);
  });

  it('is done once', async () => {
    const { bench, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    await Promise.all([allow(bench, RELAY), allow(bench, RELAY)]);
    await allow(bench, RELAY);
    expect(events(bench)).toEqual(['models']);
  });

  it('is done also where the permission was there before the wish had arrived', async () => {
    const { bench, toRead } = await setUp();
    await allow(bench, RELAY);
    await bench.handlers.rememberIntent(toRead);
    expect(events(bench)).toEqual(['models']);
    await carryOutIntent(bench.worker);
    expect(events(bench)).toEqual(['models']);
  });

  it('waits for its own origin', async () => {
    const { bench, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    await allow(bench, SERVER);
    expect(events(bench)).toEqual([]);
    await allow(bench, RELAY);
    expect(events(bench)).toEqual(['models']);
  });

  it('is forgotten where the person refused', async () => {
    const { bench, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    await bench.handlers.dropIntent({});
    await allow(bench, RELAY);
    expect(events(bench)).toEqual([]);
    expect(bench.network.sent).toEqual([]);
  });

  it('is nothing where the key was removed meanwhile', async () => {
    const { bench, keyId, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    await bench.handlers.removeKey({ keyId });
    bench.announced.length = 0;
    await allow(bench, RELAY);
    expect(events(bench)).toEqual([]);
  });

  it('tells why the list could not be had after all', async () => {
    const { bench, toRead } = await setUp();
    await bench.handlers.rememberIntent(toRead);
    bench.relay.switches.keys = [];
    await allow(bench, RELAY);
    expect(bench.announced).toMatchObject([
      { models: { failure: { tries: [{ way: 'access', failure: { code: 'relay/wrong-key' } }] } } },
    ]);
  });

  it('is a test of a server that could not be read, with the key that was typed for it', async () => {
    const { bench } = await setUp();
    bench.server.switches.cors = false;
    const form = {
      name: '',
      address: SERVER,
      managementKey: MANAGEMENT_KEY,
      headers: [],
      plainHttpAccepted: false,
    };
    await bench.handlers.rememberIntent({ origin: SERVER, task: { do: 'test-server', form } });
    await allow(bench, SERVER);
    expect(bench.announced.at(-1)).toMatchObject({
      event: 'check',
      check: { passed: { length: 5 } },
    });
    expect(valueIn(await bench.session.read('intent'))).toBeNull();
    expect(bench.session.values.get('intent')).not.toContain(MANAGEMENT_KEY);
  });
});
