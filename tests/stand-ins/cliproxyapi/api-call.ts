import { readObject } from './json-body.ts';
import { type Answer, json, refusal } from './messages.ts';
import { ifSet, map, optional, struct, text } from './schema/types.ts';
import type { Handler, Server } from './server.ts';
import type { UpstreamRequest } from './upstream.ts';

interface ApiCall {
  auth_index: string | null;
  authIndex: string | null;
  method: string;
  url: string;
  proxy_url: string;
  header: Record<string, string> | null;
  data: string;
}

const API_CALL = struct(
  ifSet('auth_index', optional(text)),
  ifSet('authIndex', optional(text)),
  ifSet('method', text),
  ifSet('url', text),
  ifSet('proxy_url', text),
  ifSet('header', map(text)),
  ifSet('data', text),
);

/** POST api-call: the server sends a request for the caller. Recorded since v6.6.109, scenario api-call. */
export const callApi: Handler = async ({ body }, server) => {
  const call = readObject<ApiCall>(API_CALL, body)?.value;
  if (!call) return refusal(400, 'invalid body');
  const method = call.method.trim().toUpperCase();
  const url = call.url.trim();
  const proxy = server.features.has('api-call-proxy') ? call.proxy_url.trim() : '';
  const refused = refuseCall(method, url, proxy);
  if (refused) return refused;
  const request: UpstreamRequest = { method, headers: headersOf(call, server) };
  if (call.data !== '') request.body = call.data;
  if (proxy !== '' && !isDirect(proxy)) request.proxy = proxy;
  try {
    return await showResponse(await server.fetch(url, request));
  } catch {
    return refusal(502, 'request failed');
  }
};

function refuseCall(method: string, url: string, proxy: string): Answer | undefined {
  if (method === '') return refusal(400, 'missing method');
  if (url === '') return refusal(400, 'missing url');
  if (!isAbsolute(url)) return refusal(400, 'invalid url');
  if (proxy !== '' && !isDirect(proxy) && !/^(https?|socks5h?):\/\/./.test(proxy)) {
    return refusal(400, 'invalid proxy_url');
  }
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method)) return refusal(400, 'failed to build request');
  return undefined;
}

function isAbsolute(url: string): boolean {
  return URL.canParse(url) && new URL(url).host !== '';
}

function isDirect(proxy: string): boolean {
  return /^(direct|none)$/i.test(proxy);
}

/** `$TOKEN$` stands for the key of the credential, if there is one. */
function headersOf(call: ApiCall, { credentials }: Server): Record<string, string> {
  const index = call.auth_index?.trim() || call.authIndex?.trim();
  const credential = credentials.all().find(({ authIndex }) => authIndex === index);
  const entries = Object.entries(call.header ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    credential ? value.replaceAll('$TOKEN$', credential.apiKey) : value,
  ]);
  return Object.fromEntries(entries);
}

async function showResponse(response: Response): Promise<Answer> {
  const names = [...new Set(response.headers.keys())].map(
    (name) => [canonical(name), name] as const,
  );
  const header = names
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([shown, name]) => [shown, [response.headers.get(name)]]);
  return json(200, {
    status_code: response.status,
    header: Object.fromEntries(header),
    body: await response.text(),
  });
}

/** The name of a header as Go writes it: `content-type` becomes `Content-Type`. */
function canonical(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
