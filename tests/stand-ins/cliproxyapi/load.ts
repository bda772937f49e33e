import bcrypt from 'bcryptjs';
import { addAntigravityAliases } from './antigravity-aliases.ts';
import type { Config } from './config.ts';
import { mergeIntoTree, replaceSecretKey } from './config-file.ts';
import { hasLegacyKeys, moveLegacyKeys } from './legacy-keys.ts';
import { sanitizeConfig } from './sanitize.ts';
import { decodeYaml } from './schema/decode-yaml.ts';
import { encodeYaml } from './schema/encode.ts';
import type { Struct, StructType } from './schema/types.ts';
import type { Features } from './versions.ts';
import { parseTree, printTree, type Tree } from './yaml-text.ts';

/** The cost of a new hash: the lowest, as the time of a check is a switch of the stand-in. The server's is 10. */
const HASH_COST = 4;

export interface Loaded {
  config: Config;
  /** The file after loading: a plain management key is replaced by its hash, old forms by new ones. */
  text: string;
}

/**
 * Reads config.yaml; `tree` saves the parsing if it is at hand. Throws InvalidYaml.
 * Recorded in all versions, scenarios auth-hashed-secret, oc-legacy-api-keys.
 */
export function loadConfig(
  source: string,
  type: StructType,
  features: Features,
  tree?: Tree,
): Loaded {
  const given = features.has('antigravity-aliases') ? addAntigravityAliases(source) : source;
  const parsed = given === source ? tree?.document : undefined;
  const read = decodeYaml(type, parsed ?? given) as Config;
  const { config: hashed, text } = hashSecretKey(read, given);
  if (!features.has('legacy-provider-keys') || !hasLegacyKeys(hashed)) {
    return { config: sanitizeConfig(hashed, features), text };
  }
  const providers = hashed['openai-compatibility']?.map(moveLegacyKeys) ?? null;
  const config = sanitizeConfig({ ...hashed, 'openai-compatibility': providers }, features);
  const migrated = parseTree(text);
  mergeIntoTree(migrated, encodeYaml(type, config) as Struct, features);
  return { config, text: printTree(migrated) };
}

function hashSecretKey(config: Config, text: string): Loaded {
  const remote = config['remote-management'];
  const secretKey = remote['secret-key'];
  if (secretKey === '' || /^\$2[aby]\$/.test(secretKey)) return { config, text };
  const hash = bcrypt.hashSync(secretKey, HASH_COST);
  return {
    config: { ...config, 'remote-management': { ...remote, 'secret-key': hash } },
    text: replaceSecretKey(text, hash),
  };
}
