import type { Config } from './config.ts';
import { type Answer, json } from './messages.ts';
import { InvalidYaml } from './schema/decode-yaml.ts';
import { encodeJson } from './schema/encode.ts';
import type { StructType } from './schema/types.ts';
import type { Handler } from './server.ts';

/** GET config: the running configuration, keys in clear text. Recorded in all versions, scenario config-get. */
export function showConfig(type: StructType): Handler {
  return (_call, { store, features }) => {
    const config = store.config();
    const keys = geminiKeysOf(config);
    const twice = features.has('gemini-keys-twice') && { 'generative-language-api-key': keys };
    return json(200, encodeJson(type, { ...config, ...twice }));
  };
}

/** GET generative-language-api-key: the old name of gemini keys. Recorded v6.4.1, scenario family-legacy-names. */
export const showGeminiKeys: Handler = (_call, { store }) =>
  json(200, { 'generative-language-api-key': geminiKeysOf(store.config()) });

function geminiKeysOf(config: Config): string[] | null {
  const keys = (config['gemini-api-key'] ?? []).map((key) => key['api-key']).filter(Boolean);
  return keys.length > 0 ? keys : null;
}

/** GET config.yaml: the file as it is. Recorded in all versions, scenario config-yaml. */
export const showFile: Handler = (_call, { store }): Answer => ({
  status: 200,
  headers: {
    'content-type': 'application/yaml; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: store.text(),
});

/** PUT config.yaml: stored if it can be read, also when it locks everybody out. Scenarios config-yaml*. */
export const putFile: Handler = ({ body }, { store }) => {
  try {
    store.replace(body);
  } catch (error) {
    if (!(error instanceof InvalidYaml)) throw error;
    return json(400, { error: 'invalid_yaml', message: error.message });
  }
  return json(200, { changed: ['config'], ok: true });
};
