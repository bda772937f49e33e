import { configFields } from './schema/config-fields.ts';
import { narrowed, type Struct, type StructType } from './schema/types.ts';
import type { Features } from './versions.ts';

/** A list as Go knows it: null and empty are two things, and the server shows which. */
export type List<Item> = readonly Item[] | null;

/** An entry of openai-compatibility. Fields that the version does not have are undefined. */
export interface Provider extends Struct {
  name: string;
  'base-url': string;
  disabled?: boolean;
  prefix?: string;
  'api-keys'?: List<string>;
  'api-key-entries': List<ApiKeyEntry>;
  models: List<ModelAlias>;
  headers: Headers;
}

export interface ApiKeyEntry extends Struct {
  'api-key': string;
  'proxy-url': string;
  weight?: number | null;
}

interface ModelAlias extends Struct {
  name: string;
  alias: string;
}

export type Headers = Readonly<Record<string, string>> | null;

/** An entry of claude-api-key, codex-api-key or gemini-api-key. */
export interface ChannelKey extends Struct {
  'api-key': string;
  'base-url': string;
  'proxy-url': string;
  prefix?: string;
  weight?: number | null;
  models?: List<ModelAlias>;
  headers: Headers;
  'excluded-models'?: List<string>;
}

/** The running configuration. Only what the stand-in looks at is named. */
export interface Config extends Struct {
  port: number;
  debug: boolean;
  'api-keys': List<string>;
  'force-model-prefix'?: boolean;
  'remote-management': {
    'allow-remote': boolean;
    'secret-key': string;
    'disable-control-panel': boolean;
  };
  'openai-compatibility': List<Provider>;
  'claude-api-key': List<ChannelKey>;
  'codex-api-key': List<ChannelKey>;
  'gemini-api-key': List<ChannelKey>;
}

/** The fields of config.yaml in the version of `features`. */
export function configTypeOf(features: Features): StructType {
  return narrowed(configFields, features.covers);
}

const PROVIDER_LISTS = [
  'openai-compatibility',
  'claude-api-key',
  'codex-api-key',
  'gemini-api-key',
] as const;

/** `config` with only the first `share` (0 to 1) of each provider list, as a file gives it that is cut off. */
export function cutLists(config: Config, share: number): Config {
  const cut = PROVIDER_LISTS.map((name) => {
    const list: List<unknown> = config[name];
    return [name, list?.slice(0, Math.floor(list.length * share)) ?? null];
  });
  return { ...config, ...Object.fromEntries(cut) };
}

/** Whether a provider list of `next` is shorter than in `config`. */
export function shrinksList(config: Config, next: Config): boolean {
  return PROVIDER_LISTS.some((name) => (next[name]?.length ?? 0) < (config[name]?.length ?? 0));
}
