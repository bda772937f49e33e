import type { Config, Headers } from '../config.ts';
import type { Credential } from '../credentials.ts';

/** One way to serve a model: a key, where it is sent, and the model's name there. */
export interface Route {
  channel: 'openai-compatibility' | 'claude';
  credential: Credential;
  /** Whom the list of models names as owner. */
  owner: string;
  headers: Headers;
  /** The HTTP proxy that is used for this key; empty for none. */
  proxyUrl: string;
  upstreamModel: string;
}

/** A model's ids: its alias or name, with and without the prefix of its provider or key. Scenario e2e-prefix. */
export function idsOf(
  id: string,
  { prefix }: { prefix?: string },
  config: Config,
): readonly string[] {
  if (id === '') return [];
  if (!prefix) return [id];
  return config['force-model-prefix'] ? [`${prefix}/${id}`] : [id, `${prefix}/${id}`];
}
