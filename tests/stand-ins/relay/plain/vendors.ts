import { jsonReply, type Reply } from '../http.ts';

/** How one OpenAI-compatible vendor answers where vendors differ. */
export interface Vendor {
  /** No key was sent; without it, as for a wrong one. */
  noKey?: Reply;
  invalidKey: (key: string) => Reply;
  /** The key cannot be one by its form; without it, as for a wrong one. */
  malformedKey?: Reply;
  /** The model list needs no key, so a key is tested at `<base>/key`. */
  listIsPublic?: true;
  /** What stands around the list, if it is not `{object: "list", data}`. */
  list?: (entries: readonly object[]) => object;
  /** Fields of a list entry, if they are not OpenAI's. */
  entry?: (id: string) => object;
}

export type VendorName = keyof typeof vendors;

const json = (status: number, value: unknown) => jsonReply(status, value, 'application/json');

/**
 * Bodies of the recording `upstreams`: each is from a public issue, from documentation or from
 * general knowledge, as the recording says. None was got from the vendor itself.
 */
export const vendors = {
  openai: {
    noKey: json(401, {
      error: {
        message:
          "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    }),
    invalidKey: (key) =>
      json(401, {
        error: {
          message: `Incorrect API key provided: ${starredKey(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      }),
  },
  openrouter: {
    noKey: json(401, { error: { message: 'No auth credentials found', code: 401 } }),
    invalidKey: () => json(401, { error: { message: 'User not found.', code: 401 } }),
    listIsPublic: true,
    list: (entries) => ({ data: entries }),
    entry: (id) => ({ canonical_slug: id, name: id, created: 1721260800 }),
  },
  deepseek: {
    invalidKey: (key) =>
      json(401, {
        error: {
          message: `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid`,
          type: 'authentication_error',
          param: null,
          code: 'invalid_request_error',
        },
      }),
    entry: () => ({ object: 'model', owned_by: 'deepseek' }),
  },
  moonshot: {
    invalidKey: () =>
      json(401, {
        error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' },
      }),
  },
  siliconflow: {
    invalidKey: () => json(401, 'Api key is invalid'),
    malformedKey: json(401, 'Invalid token'),
  },
  zhipu: {
    invalidKey: () => json(401, { error: { code: '401', message: '令牌已过期或验证不正确！' } }),
  },
  dashscope: {
    invalidKey: () =>
      json(401, {
        error: {
          message:
            'Incorrect API key provided. For details, see: https://www.alibabacloud.com/help/en/model-studio/error-code#apikey-error',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
        request_id: '00000000-0000-0000-0000-000000000000',
      }),
  },
  'dashscope-native': {
    invalidKey: () =>
      json(401, {
        code: 'InvalidApiKey',
        message: 'Invalid API-key provided.',
        request_id: '00000000-0000-0000-0000-000000000000',
      }),
  },
  ark: {
    invalidKey: () =>
      json(401, {
        error: {
          code: 'AuthenticationError',
          message: 'The API key or AK/SK in the request is missing or invalid. Request id: 0',
          param: '',
          type: 'Unauthorized',
        },
      }),
  },
  gemini: {
    invalidKey: () =>
      json(400, [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
            details: [
              {
                '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
                reason: 'API_KEY_INVALID',
                domain: 'googleapis.com',
                metadata: { service: 'generativelanguage.googleapis.com' },
              },
            ],
          },
        },
      ]),
  },
  groq: {
    invalidKey: () =>
      json(401, {
        error: {
          message: 'Invalid API Key',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      }),
  },
} satisfies Record<string, Vendor>;

/** OpenAI shows eight characters at the front and four at the end. */
function starredKey(key: string): string {
  return key.slice(0, 8) + '*'.repeat(Math.max(0, key.length - 12)) + key.slice(-4);
}
