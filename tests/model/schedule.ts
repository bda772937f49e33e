import type { Generation } from './generations.ts';
import type { Lists } from './lists.ts';

/** Everything that is going to happen in one run. Requests and saves are counted over all servers, from 1. */
export interface Schedule {
  seed: number;
  servers: readonly ServerSetup[];
  relays: readonly RelaySetup[];
  keys: readonly KeySetup[];
  steps: readonly Step[];
  troubles: readonly Trouble[];
  /** One for each worker in turn; a worker without one lives. */
  deaths: readonly (Death | undefined)[];
  /** Saves that find the storage full. */
  fullAt: readonly { save: number; times: number }[];
  /** From the end of a worker until the next one starts. */
  restartMs: number;
  /** A page is open and shows announcements. */
  someoneLooks: boolean;
}

export interface ServerSetup {
  generation: Generation;
  start: Lists;
  clientKeys: readonly string[];
  /** One way. */
  latencyMs: readonly [min: number, max: number];
}

/** How a relay answers when it is asked for its models. */
export interface RelaySetup {
  answers: 'everybody' | 'servers' | 'nobody';
  models: readonly string[];
}

/** A relay key of the person's. Its relay has the number that is in its base URL. */
export interface KeySetup {
  relay: number;
  name: string;
  baseUrl: string;
  apiKey: string;
}

/** What the person does, and how long they wait before they go on: for its end, or so many ms. */
export interface Step {
  action: Action;
  next: 'at-end' | number;
  /** And so many ms on top. */
  rest?: number;
}

export type Action =
  /** `answers`: a dialog that asks something is answered, else it is left. */
  | {
      kind: 'import';
      keys: readonly number[];
      servers: readonly number[];
      answers: boolean;
    }
  /** They take back the newest import; what somebody changed since stops it, or stays. */
  | { kind: 'undo'; server: number; resolve: 'ask' | 'theirs' }
  | { kind: 'look'; server: number }
  /** They enter the server's present management key. */
  | { kind: 'enter-key'; server: number }
  | { kind: 'pause' };

/** What happens to one request, or beside it: to the nth of all, or to the nth write. */
export type Trouble = { on: 'request' | 'write'; nth: number } & (Fault | Beside);

/** What becomes of a request and its answer. */
export type Fault =
  /** The connection is refused: it never arrives. */
  | { do: 'refuse' }
  | { do: 'lose-answer' }
  /** The client gives up at once, and the server carries it out so much later. */
  | { do: 'apply-late'; ms: number }
  | { do: 'error-500'; applied: boolean }
  /** No answer until the client gives up. */
  | { do: 'hang'; applied: 'no' | 'yes' | 'late'; lateMs: number }
  /** The head of the answer comes, its body never ends. */
  | { do: 'hang-body' }
  | { do: 'cut-json' }
  | { do: 'html'; applied: boolean }
  | { do: 'empty-object'; applied: boolean };

/** What happens so many ms after the request was sent, through no doing of ours. */
export type Beside = { afterMs: number } & (
  | { do: 'change-key' }
  | { do: 'ban' }
  | { do: 'restart'; downMs: number }
  | { do: 'tear'; keep: number; forMs: number }
  | { do: 'edit'; by: 'client' | 'hand'; edit: Edit; dice: number }
);

/** `stale`: somebody saves a list that they read some seconds ago. */
export type Edit =
  | 'add-provider'
  | 'remove-provider'
  | 'rename'
  | 'move'
  | 'switch'
  | 'set-field'
  | 'add-key'
  | 'remove-key'
  | 'remove-our-key'
  | 'add-our-key'
  | 'other-url'
  | 'reorder'
  | 'stale';

/** When a worker is ended: at its nth call of that sort, before the call has its effect or after. */
export interface Death {
  at: 'save' | 'request' | 'any';
  nth: number;
  before: boolean;
}
