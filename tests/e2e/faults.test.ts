import type { Page } from '@playwright/test';
import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { holding, LIST, STEPS, type Target } from './holding.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';
import { type Front, type Incoming, READABLE, type Reply } from './proxy.ts';
import type { Entry, ServerUnderTest } from './server-under-test.ts';

const KEY = { name: 'claude-main' };
const OTHER = {
  name: 'Other',
  'base-url': 'https://other.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-of-somebody', 'proxy-url': 'socks5://10.0.0.1:1080' }],
  models: [{ name: 'm', alias: 'm' }],
} as unknown as Entry;

const TARGETS: Record<string, Target> = {
  'the read before the write': { method: 'GET', path: LIST, nth: 1 },
  'the write': { method: 'PUT', path: LIST, nth: 1 },
  'the read-back': { method: 'GET', path: LIST, nth: 2 },
  'the question what is served': { method: 'GET', path: '/v1/models', nth: 1 },
};

/** What befalls a request: before it arrives, or to its answer. */
type Fault = Pick<Front, 'answers' | 'changes'>;

const instead = (status: number, body: object): Fault => ({
  answers: () => ({ status, headers: READABLE, body: JSON.stringify(body) }),
});
const after = (change: (reply: Reply) => Reply | 'cut'): Fault => ({
  changes: (_, reply) => change(reply),
});

const FAULTS: Record<string, Fault> = {
  'refused before it arrives': { answers: () => 'cut' },
  'of which the answer is lost': after(() => 'cut'),
  'answered 500 after it was done': after((reply) => ({
    ...reply,
    status: 500,
    body: '{"error":"internal error"}',
  })),
  'of which the answer is cut off': after((reply) => ({
    ...reply,
    body: reply.body?.slice(0, reply.body.length / 2) ?? '',
  })),
  'answered by a page': after((reply) => ({
    ...reply,
    headers: { ...READABLE, 'content-type': 'text/html' },
    body: '<!doctype html><title>Sign in</title>',
  })),
  'answered by {}': after((reply) => ({ ...reply, body: '{}' })),
  'refused with 401': instead(401, { error: 'invalid management key' }),
  'met by a ban': instead(403, {
    error: 'IP banned due to too many failed attempts. Try again in 29m0s',
  }),
};

/** What the person is told at the end, and whether the key is on the server then. */
interface Ending {
  told: string | RegExp;
  isThere: boolean;
}

const SAVED: Ending = { told: 'Created claude-main', isThere: true };
const REFUSED: Ending = { told: 'claude-main not imported', isThere: false };
/** It is there, and nothing more could be asked: then nothing is claimed. */
const UNKNOWN: Ending = { told: 'claude-main not imported', isThere: true };

function endingOf(target: string, fault: string): Ending {
  const isHeld = fault === 'refused with 401' || fault === 'met by a ban';
  if (target === 'the read before the write') return REFUSED;
  if (target === 'the write' && isHeld) return REFUSED;
  if (target === 'the read-back' && isHeld) return UNKNOWN;
  return SAVED;
}

/** A proxy in front of the server at which one request meets a fault, once it is armed. */
function faultyFront({ method, path, nth }: Target, fault: Fault) {
  let left = Number.POSITIVE_INFINITY;
  const isHit = (request: Incoming) => request.method === method && request.path === path;
  // What ends without a word the browser asks once more by itself, if it only reads.
  const isNow = () => left === 0 || (left === -1 && method === 'GET');
  const front: Front = {
    answers(request) {
      if (isHit(request)) left -= 1;
      return isNow() && isHit(request) ? fault.answers?.(request) : undefined;
    },
    changes: (request, reply) =>
      isNow() && isHit(request) ? fault.changes?.(request, reply) : undefined,
  };
  return {
    front,
    arm() {
      left = nth;
    },
  };
}

const keysOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => entry['api-key-entries'] ?? []).map((held) => held['api-key']);

/** The server holds what the ending says, once, and nothing of anybody else's has changed. */
async function expectOn(server: ServerUnderTest, { isThere }: Ending): Promise<void> {
  const entries = await server.providers();
  expect(entries.find(({ name }) => name === 'Other')).toMatchObject(OTHER);
  const own = apiKeyOf(KEY.name);
  expect(keysOf(entries).filter((key) => key === own)).toHaveLength(isThere ? 1 : 0);
}

/** What History tells, which is the last word. */
async function lastWord(keyferry: Keyferry): Promise<string> {
  const options = await keyferry.openOptions('history');
  const first = options.getByRole('main').getByRole('listitem').first();
  await expect(first).toBeVisible();
  return (await first.textContent()) ?? '';
}

test.describe('one fault on the way', () => {
  for (const [target, request] of Object.entries(TARGETS)) {
    for (const [name, fault] of Object.entries(FAULTS)) {
      test(`${target}, ${name}, ends in the truth, and nothing is lost or doubled`, async ({
        extension,
        relay,
        server,
        startProxy,
      }) => {
        await server.setProviders([OTHER]);
        const { front, arm } = faultyFront(request, fault);
        const proxy = await startProxy(front);
        const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
        const popup = await keyferry.ready(KEY);
        await expect(keyferry.card(popup, KEY.name)).toContainText('Not imported');
        arm();
        await keyferry.importKey(popup, KEY.name);
        const ending = endingOf(target, name);
        const told = popup.getByRole('status', { name: 'Results' });
        await expect(told).toContainText(ending.told, { timeout: 20_000 });
        await expectOn(server, ending);
        expect(await lastWord(keyferry)).toMatch(ending.told);
      });
    }
  }
});

test.describe('the worker is stopped', () => {
  for (const [step, target, isAnswered] of STEPS) {
    for (const isOpen of [true, false]) {
      const where = isOpen ? 'with the popup open' : 'with the popup closed';
      test(`[P-14] ${step}, ${where}: the next one finishes, and doubles nothing`, async ({
        context,
        extension,
        relay,
        server,
        startProxy,
      }) => {
        await server.setProviders([OTHER]);
        const held = holding(target, isAnswered);
        const proxy = await startProxy(held.front);
        const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
        const popup = await keyferry.ready(KEY);
        await expect(keyferry.card(popup, KEY.name)).toContainText('Not imported');
        held.arm();
        await keyferry.importKey(popup, KEY.name);
        await held.reached;
        if (!isOpen) await keyferry.closeOthers(await context.newPage());
        await extension.stopWorker();
        held.letGo();
        const page = isOpen ? popup : await keyferry.openPopup();
        if (isOpen) await page.reload();
        await expect(keyferry.card(page, KEY.name)).toContainText('3 models serving', {
          timeout: 20_000,
        });
        await expectOn(server, SAVED);
        expect(await lastWord(keyferry)).toContain('claude-main');
      });
    }
  }
});

test.describe('the browser is closed', () => {
  for (const [step, target, isAnswered] of STEPS.slice(1, 4)) {
    test(`${step}: opened again, it finishes, and doubles nothing`, async ({
      context,
      extension,
      profile,
      relay,
      server,
      startProxy,
    }) => {
      await server.setProviders([OTHER]);
      const held = holding(target, isAnswered);
      const proxy = await startProxy(held.front);
      const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
      const popup = await keyferry.ready(KEY);
      await expect(keyferry.card(popup, KEY.name)).toContainText('Not imported');
      held.arm();
      await keyferry.importKey(popup, KEY.name);
      await held.reached;
      await context.close();
      held.letGo();

      const again = await launch(profile);
      const page = await again.newPage();
      await page.goto(extension.url('popup.html'));
      await expect(keyferry.card(page, KEY.name)).toContainText('3 models serving', {
        timeout: 20_000,
      });
      await expectOn(server, SAVED);
      await again.close();
    });
  }
});

test.describe('a server that misbehaves as real ones do', () => {
  const imported = async (popup: Page, keyferry: Keyferry, server: ServerUnderTest) => {
    await keyferry.importKey(popup, KEY.name);
    await expect(keyferry.results(popup)).toContainText('Created claude-main', { timeout: 20_000 });
    await expectOn(server, SAVED);
  };

  for (const serverVersion of ['7.2.140', '7.1.76', '6.5.65']) {
    test.describe(`of version ${serverVersion}`, () => {
      test.use({ serverVersion });

      test('reloads when and as long as it was recorded, and shows torn lists', async ({
        keyferry,
        server,
      }) => {
        await server.setProviders([OTHER]);
        Object.assign(server.standIn?.switches ?? {}, { reload: 'recorded', tornReloads: 0.5 });
        await imported(await keyferry.ready(KEY), keyferry, server);
        expect(keysOf(await server.providers())).toHaveLength(2);
      });
    });
  }

  test('applies a write only after the client has given up', async ({ keyferry, server }) => {
    await server.setProviders([OTHER]);
    const popup = await keyferry.ready(KEY);
    await expect(keyferry.card(popup, KEY.name)).toContainText('Not imported');
    Object.assign(server.standIn?.switches ?? {}, { nextWrite: { appliedAfterMs: 1400 } });
    await imported(popup, keyferry, server);
    expect(keysOf(await server.providers())).toHaveLength(2);
  });

  test('answers 500 although it has saved', async ({ keyferry, server }) => {
    await server.setProviders([OTHER]);
    const popup = await keyferry.ready(KEY);
    await expect(keyferry.card(popup, KEY.name)).toContainText('Not imported');
    Object.assign(server.standIn?.switches ?? {}, { nextWrite: 'saved, answered 500' });
    await keyferry.importKey(popup, KEY.name);
    await expect(keyferry.results(popup)).toContainText('claude-main');
    await expectOn(server, SAVED);
  });
});
