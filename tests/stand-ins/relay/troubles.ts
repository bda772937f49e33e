import { jsonReply, type RelayRequest, type Reply } from './http.ts';

/** What can go wrong between a client and a site, whatever the site is. */
export type Trouble =
  | { kind: 'bot-check'; status: 200 | 403 | 503 }
  | { kind: 'redirect'; to: string; status: 301 | 302 | 307 | 308 }
  | { kind: 'other-reply'; reply: Reply }
  | { kind: 'truncated' }
  | { kind: 'hang' };

/** One trouble for all requests, or a choice for each. */
export type TroubleSwitch = Trouble | ((request: RelayRequest) => Trouble | undefined) | undefined;

/** Switches that every site has. */
export interface CommonSwitches {
  trouble: TroubleSwitch;
  /** Milliseconds before each answer. */
  latencyMs: number;
}

/** A 404 as Go's net/http and many gateways send it. */
export const notFoundReply: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: '404 page not found',
};

/** A page in place of an API: what One API and its forks answer under paths they do not know. */
export const webPageReply: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>One API</title><div id=root></div>',
};

/** A 500 in OpenAI's form. The site has done what was asked before it fails. */
export const serverErrorReply: Reply = jsonReply(500, {
  error: {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    param: null,
    code: null,
  },
});

const botCheckPage =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>' +
  '<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>';

/** The trouble that is set for `request`, if any. */
export function troubleFor(request: RelayRequest, trouble: TroubleSwitch): Trouble | undefined {
  return typeof trouble === 'function' ? trouble(request) : trouble;
}

/** The answer of what stands before the site: the request does not reach it. */
export function answerInFront(trouble: Trouble | undefined): Reply | undefined {
  if (trouble?.kind === 'bot-check') return botCheckReply(trouble.status);
  if (trouble?.kind !== 'redirect') return undefined;
  return { status: trouble.status, headers: { Location: trouble.to }, body: '' };
}

/**
 * What becomes of the answer of a site on its way. CORS headers stay; a hanging one never comes.
 */
export async function spoil(trouble: Trouble | undefined, reply: Reply): Promise<Reply> {
  switch (trouble?.kind) {
    case 'hang':
      return new Promise<never>(() => {});
    case 'truncated':
      return truncated(reply);
    case 'other-reply':
      return { ...trouble.reply, headers: { ...corsHeaders(reply), ...trouble.reply.headers } };
    default:
      return reply;
  }
}

/**
 * Cloudflare's challenge: headers are general knowledge (contract entry "Cloudflare challenge").
 */
function botCheckReply(status: number): Reply {
  const headers = {
    'Content-Type': 'text/html; charset=UTF-8',
    'cf-mitigated': 'challenge',
    Server: 'cloudflare',
  };
  return { status, headers, body: botCheckPage };
}

function truncated(reply: Reply): Reply {
  const headers = { ...reply.headers, 'Content-Length': String(Buffer.byteLength(reply.body)) };
  return { ...reply, headers, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function corsHeaders(reply: Reply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reply.headers).filter(([name]) => /^access-control-/i.test(name)),
  );
}
