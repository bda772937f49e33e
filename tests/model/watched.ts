import type { Entries, Lists } from './lists.ts';
import type { ModelReply } from './model-server.ts';

/** A request of the worker, as the network sees it. */
export interface SentRequest {
  number: number;
  /** Which worker sent it. */
  life: number;
  method: string;
  path: string;
  key: string | undefined;
  body: string;
  sentAt: number;
  /** The server's lists when it carried the request out. */
  served?: Lists;
}

/** A provider list as it was delivered. */
export interface Look {
  number: number;
  life: number;
  entries: Entries;
  at: number;
  /** The credentials that it showed as loaded; nothing where a server shows none. */
  loaded: ReadonlySet<string> | undefined;
  /** The server's lists at the moment in which it was read. */
  served: Lists | undefined;
}

/** What an answer was, if one came, and whether the worker that asked still lived. */
export interface Heard {
  reply: Pick<ModelReply, 'status' | 'list'> | undefined;
  isHeard: boolean;
}
