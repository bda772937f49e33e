import type { RelayRequest, Reply, Site } from './http.ts';
import type { NewApiSwitches } from './new-api/call.ts';
import { createNewApi, type NewApiOptions } from './new-api/create-new-api.ts';
import { createPlain, type PlainOptions, type PlainSwitches } from './plain/create-plain.ts';
import { type LogEntry, logEntry } from './request-log.ts';
import { answerInFront, type CommonSwitches, spoil, troubleFor } from './troubles.ts';

/** The sites there are: a new one is a line here and in `creators`. */
interface Sites {
  plain: { options: PlainOptions; switches: PlainSwitches };
  'new-api': { options: NewApiOptions; switches: NewApiSwitches };
}

export type SiteName = keyof Sites;

/** Which site, and how it begins. */
export type RelayOptions<Name extends SiteName> = { site: Name } & Sites[Name]['options'];

/** A request as a test writes it: header names in any case. */
type Asked = Pick<RelayRequest, 'method' | 'path'> & Partial<RelayRequest>;

/** A relay without a network: tests can ask it directly, `startRelay` puts it on a port. */
export interface Relay<Name extends SiteName> {
  /** Never settles while the trouble `hang` is set. */
  handle: (asked: Asked) => Promise<Reply>;
  /** Read at every request: assign to them at any time. */
  switches: Sites[Name]['switches'];
  log: readonly LogEntry[];
}

type Creators = {
  [Name in SiteName]: (options: Sites[Name]['options']) => Site<Sites[Name]['switches']>;
};

const creators: Creators = { plain: createPlain, 'new-api': createNewApi };

/** A relay site that keeps its state in memory. */
export function createRelay<Name extends SiteName>(options: RelayOptions<Name>): Relay<Name> {
  const site = creators[options.site](options);
  const log: LogEntry[] = [];

  const handle = async (asked: Asked): Promise<Reply> => {
    const request = toRequest(asked);
    const entry = logEntry(request, site);
    log.push(entry);
    const reply = await answer(site, request);
    entry.status = reply.status;
    return reply;
  };

  return { handle, switches: site.switches, log };
}

async function answer(site: Site<CommonSwitches>, request: RelayRequest): Promise<Reply> {
  const { latencyMs } = site.switches;
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  const trouble = troubleFor(request, site.switches.trouble);
  const inFront = answerInFront(trouble);
  if (inFront) return inFront;
  const reply = site.answer(request);
  // Sites answer preflights before anything of theirs can fail.
  return request.method === 'OPTIONS' ? reply : spoil(trouble, reply);
}

function toRequest({ method, path, headers = {}, body = '' }: Asked): RelayRequest {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, path, headers: Object.fromEntries(lowerCase), body };
}
