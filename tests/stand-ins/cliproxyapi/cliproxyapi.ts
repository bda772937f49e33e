import { type Clock, realClock } from '../clock.ts';
import { givenKey } from './auth.ts';
import { createChance } from './chance.ts';
import { type Answer, type Call, ConnectionLost, type Request, readRequest } from './messages.ts';
import { type Process, startProcess } from './process.ts';
import { MANAGEMENT } from './routes.ts';
import { QUIET, type Switches } from './switches.ts';
import { plainFetch, type UpstreamFetch } from './upstream.ts';
import { featuresOf } from './versions.ts';

export interface CliproxyapiOptions {
  /** Which CLIProxyAPI to be, e.g. `7.2.140`. */
  version: string;
  /** The text of config.yaml. */
  config: string;
  env?: { MANAGEMENT_PASSWORD?: string | undefined };
  clock?: Clock;
  switches?: Partial<Switches>;
  /** How relays are called. */
  fetch?: UpstreamFetch;
  /** What is left to chance (`reload`, `tornReloads`, `crashesOnShrink`) comes out the same for the same seed. */
  seed?: number;
  /** Called with the new text whenever config.yaml is written, before the answer. */
  onConfigWritten?: (text: string) => void;
}

/** A CLIProxyAPI without HTTP and without a file. */
export interface Cliproxyapi {
  /**
   * Answers a request. This is the place to wrap for faults such as a lost or cut answer.
   * Rejects with ConnectionLost if the process is not running or ends before it has answered.
   */
  handle(request: Request): Promise<Answer>;
  /** The text of config.yaml as it is now. */
  configText(): string;
  /** Somebody edits config.yaml by hand. */
  editConfig(text: string): void;
  /** False after a crash. */
  isRunning(): boolean;
  /** Ends the process, if it runs, and starts it again with what its file holds. Throws InvalidYaml. */
  restart(): void;
  /** Can be changed at any time. */
  switches: Switches;
  /** All requests so far, without queries, headers and bodies, where keys could be. */
  log: readonly LogEntry[];
}

interface LogEntry {
  method: string;
  path: string;
  /** 0 if there was no answer. */
  status: number;
  /** Whether it brought a key, right or wrong, in one of the two headers of the management API. */
  keyed: boolean;
  /** When it was answered, in milliseconds of the clock. */
  at: number;
}

/** A CLIProxyAPI that behaves as the real one of that version. Throws if version or configuration are none. */
export function createCliproxyapi(options: CliproxyapiOptions): Cliproxyapi {
  const { clock = realClock, fetch = plainFetch, onConfigWritten = () => {}, seed = 1 } = options;
  const switches = { ...QUIET, ...options.switches };
  const common = {
    features: featuresOf(options.version),
    password: options.env?.MANAGEMENT_PASSWORD?.trim() ?? '',
    clock,
    switches,
    chance: createChance(seed),
    fetch,
    onWritten: onConfigWritten,
    onCrash: stop,
  };
  let current = startProcess({ ...common, text: options.config });
  let isRunning = true;
  const log: LogEntry[] = [];

  function stop() {
    isRunning = false;
    current.store.stop();
  }

  /** Throws ConnectionLost if `own` is not the process that runs. */
  const demand = (own: Process) => {
    if (!isRunning || own !== current) throw new ConnectionLost('the process has ended');
  };

  const applyUnheard = async (call: Call, own: Process) => {
    if (isRunning && own === current) await own.answer(call).catch(unlessLost);
  };

  const answer = async (call: Call): Promise<Answer> => {
    const own = current;
    demand(own);
    if (switches.latencyMs > 0) await clock.sleep(switches.latencyMs);
    demand(own);
    const { nextWrite } = switches;
    if (typeof nextWrite === 'object' && isWrite(call)) {
      switches.nextWrite = 'as usual';
      clock.setTimeout(() => void applyUnheard(call, own), nextWrite.appliedAfterMs);
      throw new ConnectionLost('the client has given up');
    }
    const given = await own.answer(call);
    demand(own);
    return given;
  };

  return {
    async handle(request) {
      const call = readRequest(request);
      const note = (status: number) => {
        const keyed = givenKey(call) !== '';
        log.push({ method: call.method, path: call.path, status, keyed, at: clock.now() });
      };
      try {
        const { status, headers, body } = await answer(call);
        note(status);
        return { status, headers, body: call.method === 'HEAD' ? '' : body };
      } catch (error) {
        note(0);
        throw error;
      }
    },
    configText: () => current.store.text(),
    editConfig: (text) => current.store.edited(text),
    isRunning: () => isRunning,
    restart() {
      stop();
      current = startProcess({ ...common, text: current.store.text() });
      isRunning = true;
    },
    switches,
    log,
  };
}

function isWrite({ method, path }: Call): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(method) && path.startsWith(`${MANAGEMENT}/`);
}

function unlessLost(error: unknown): void {
  if (!(error instanceof ConnectionLost)) throw error;
}
