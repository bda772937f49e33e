import type { Clock } from '../clock.ts';
import type { Config } from './config.ts';
import type { LoadedCredentials } from './credentials.ts';
import type { KeyUsage } from './key-usage.ts';
import { type Answer, type Call, ConnectionLost, json, refusal } from './messages.ts';
import type { KeyHealth } from './proxy/key-health.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import type { UpstreamFetch } from './upstream.ts';
import type { Features } from './versions.ts';

/** What the handlers of requests share. */
export interface Server {
  features: Features;
  store: Store;
  credentials: LoadedCredentials;
  health: KeyHealth;
  usage: KeyUsage;
  switches: Switches;
  clock: Clock;
  fetch: UpstreamFetch;
}

export type Handler = (call: Call, server: Server) => Answer | Promise<Answer>;

/** Changes the configuration and answers as the server answers every write. */
export function save(server: Server, update: (config: Config) => Config): Answer {
  const { store, switches } = server;
  const isFailing = switches.nextWrite === 'saved, answered 500';
  try {
    store.change(update);
    if (isFailing) throw new Error('close config.yaml: input/output error');
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    if (isFailing) switches.nextWrite = 'as usual';
    return refusal(500, `failed to save config: ${(error as Error).message}`);
  }
  return json(200, { status: 'ok' });
}
