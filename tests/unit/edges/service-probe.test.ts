import { describe, expect, it } from 'vitest';
import { explainNoReply, findService } from '../../../lib/edges/service-probe.ts';
import { answering, fakeNetwork, type Host, reply } from '../fakes/fake-network.ts';

const ROOT = 'http://nas.local:8317';
const OTHER = 'https://nas.local:8317';
const SERVICE = reply(200, { endpoints: ['POST /v1/x'], message: 'CLI Proxy API Server' });
const service = answering(SERVICE);
const withoutCors = { ...SERVICE, headers: {} };
const moved: Host = async ({ path }) =>
  path === '/' ? { status: 302, headers: { Location: '/login' }, body: '' } : withoutCors;

function look(
  hosts: Readonly<Record<string, Host>>,
  {
    headers = {},
    root = ROOT,
    allowed = [] as string[],
    signal = undefined as AbortSignal | undefined,
  } = {},
) {
  const network = fakeNetwork(hosts);
  for (const origin of allowed) network.allowed.add(origin);
  const edges = { fetch: network.fetch, now: () => 0, hasAccess: network.hasAccess };
  return { network, found: findService(root, headers, edges, signal) };
}

describe('a look at the root of a server', () => {
  it('finds CLIProxyAPI without a key', async () => {
    const { found, network } = look({ [ROOT]: service });
    expect(await found).toEqual({ ok: true, value: { safeMode: false } });
    expect(network.sent).toMatchObject([{ method: 'GET', path: '/', headers: {} }]);
  });

  it('finds it below the prefix of a reverse proxy, with the header that the proxy asks for', async () => {
    const proxy: Host = async ({ path, headers }) =>
      path === '/cpa/' && headers['cf-access-client-id'] === 'me' ? SERVICE : reply(403, '');
    const headers = { 'CF-Access-Client-Id': 'me' };
    const { found } = look({ [ROOT]: proxy }, { root: `${ROOT}/cpa`, headers });
    expect(await found).toMatchObject({ ok: true });
  });

  it('notices the page that stands there as long as the client keys are examples', async () => {
    const page = reply(200, '<html><h1>Example API key detected</h1></html>');
    const { found } = look({ [ROOT]: answering(page) });
    expect(await found).toEqual({ ok: true, value: { safeMode: true } });
  });

  it.each([
    ['a page', reply(200, '<!doctype html><title>nginx</title>'), { found: 'html', status: 200 }],
    ['other JSON', reply(200, { name: 'jellyfin' }), { found: 'json', status: 200 }],
    ['something else', reply(404, 'no such thing'), { found: 'other', status: 404 }],
    ['nothing at all', reply(200, ''), { found: 'other', status: 200 }],
  ])('says that %s is not CLIProxyAPI', async (_, answer, facts) => {
    const { found } = look({ [ROOT]: answering(answer) });
    expect(await found).toEqual({
      ok: false,
      failure: { code: 'server/not-cliproxyapi', ...facts },
    });
  });

  it('says what a broken gateway said', async () => {
    const { found } = look({ [ROOT]: answering(reply(502, '<html>Bad gateway</html>')) });
    expect(await found).toEqual({ ok: false, failure: { code: 'server/error', status: 502 } });
  });
});

describe('a look where nothing can be read', () => {
  it('says that nobody answers', async () => {
    const { found } = look({});
    expect(await found).toEqual({ ok: false, failure: { code: 'server/unreachable' } });
  });

  it('tells an answer that the browser keeps back from none', async () => {
    const { found } = look({ [ROOT]: answering(withoutCors) });
    expect(await found).toEqual({ ok: false, failure: { code: 'server/unreadable' } });
  });

  it('can read it once the person has allowed that one origin', async () => {
    const { found } = look({ [ROOT]: answering(withoutCors) }, { allowed: [ROOT] });
    expect(await found).toMatchObject({ ok: true });
  });

  it('tells a redirect only with that permission: without it the browser hides it', async () => {
    const hidden = look({ [ROOT]: moved });
    expect(await hidden.found).toMatchObject({ failure: { code: 'server/unreadable' } });
    const shown = look({ [ROOT]: moved }, { allowed: [ROOT] });
    expect(await shown.found).toMatchObject({ failure: { code: 'server/redirect' } });
  });

  it('says where it answers under the other scheme', async () => {
    const { found } = look({ [OTHER]: service });
    expect(await found).toEqual({
      ok: false,
      failure: { code: 'server/unreachable', otherScheme: OTHER },
    });
  });

  it('does not offer the other scheme for something else that answers there', async () => {
    const { found } = look({ [OTHER]: answering(reply(200, '<html>')) });
    expect(await found).toEqual({ ok: false, failure: { code: 'server/unreachable' } });
  });

  it('never carries a header to plain http that was meant for https', async () => {
    const headers = { 'CF-Access-Client-Secret': 'secret' };
    const { found, network } = look({ [ROOT]: service }, { root: OTHER, headers });
    expect(await found).toMatchObject({ failure: { otherScheme: ROOT } });
    expect(network.sent).toMatchObject([{ origin: ROOT, headers: {} }]);
  });

  it('is cancelled wherever it stands', async () => {
    const cancel = new AbortController();
    const hosts = {
      [ROOT]: answering(withoutCors),
      [OTHER]: async () => {
        cancel.abort();
        return SERVICE;
      },
    };
    expect(await look(hosts, { signal: cancel.signal }).found).toMatchObject({
      failure: { code: 'server/cancelled' },
    });
    const early = look(hosts, { signal: AbortSignal.abort() });
    expect(await early.found).toEqual({ ok: false, failure: { code: 'server/cancelled' } });
    expect(early.network.sent).toEqual([]);
  });
});

describe('a request without a reply', () => {
  const edges = (hosts: Readonly<Record<string, Host>>) => {
    const network = fakeNetwork(hosts);
    return { fetch: network.fetch, now: () => 0, hasAccess: network.hasAccess };
  };

  it.each([
    ['timeout', { code: 'server/timeout', seconds: 15 }],
    ['cancelled', { code: 'server/cancelled' }],
    ['too-large', { code: 'server/unexpected-reply', status: 200, at: 'size' }],
    ['unreadable', { code: 'server/unreadable' }],
  ] as const)('that was %s is explained', async (noReply, failure) => {
    const explained = await explainNoReply(
      noReply,
      { root: ROOT, timeoutMs: 15_000 },
      edges({ [ROOT]: answering(withoutCors) }),
    );
    expect(explained).toEqual(failure);
  });
});
