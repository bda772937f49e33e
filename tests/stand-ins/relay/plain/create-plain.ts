import { chatReply, readChatRequest } from '../chat-completion.ts';
import {
  jsonReply,
  type RelayRequest,
  type Reply,
  readJson,
  type Site,
  urlOf,
  withHeaders,
} from '../http.ts';
import { type CommonSwitches, notFoundReply } from '../troubles.ts';
import { indexOfKey, refusal, type UpstreamKey } from './keys.ts';
import { generatedModels, hasModel, modelListReply, type UpstreamModel } from './models.ts';
import { type Vendor, type VendorName, vendors } from './vendors.ts';

/** What can be changed while a plain upstream runs. */
export interface PlainSwitches extends CommonSwitches {
  /**
   * Where the API stands: `/v1`, `/api/v3`, the empty text for the root. Everything else is a 404.
   */
  basePaths: readonly string[];
  models: readonly UpstreamModel[];
  keys: readonly UpstreamKey[] | 'any';
  /** Whose words the answers use. */
  vendor: VendorName;
  /** Whether pages of other origins may read the answers. */
  cors: boolean;
}

/** A number of models stands for as many generated ones. */
export type PlainOptions = Partial<Omit<PlainSwitches, 'models'>> & {
  models?: readonly UpstreamModel[] | number;
};

/** An OpenAI-compatible upstream: `GET <base>/models` and `POST <base>/chat/completions`. */
export function createPlain({
  basePaths = ['/v1'],
  models = 3,
  keys = 'any',
  vendor = 'openai',
  cors = true,
  trouble,
  latencyMs = 0,
}: PlainOptions): Site<PlainSwitches> {
  const switches: PlainSwitches = {
    basePaths,
    models: typeof models === 'number' ? generatedModels(models) : models,
    keys,
    vendor,
    cors,
    trouble,
    latencyMs,
  };
  return {
    switches,
    answer: (request) => answer(request, switches),
    nameOf(credential) {
      const index = indexOfKey(credential, switches.keys);
      return index < 0 ? undefined : `key ${index}`;
    },
  };
}

function answer(request: RelayRequest, switches: PlainSwitches): Reply {
  if (!switches.cors) return answerCall(request, switches);
  const { headers } = request;
  if (request.method === 'OPTIONS') return preflightReply(headers);
  return withHeaders(answerCall(request, switches), { 'Access-Control-Allow-Origin': '*' });
}

/** Names the headers it is asked for: by the Fetch standard `*` does not cover `Authorization`. */
function preflightReply(headers: RelayRequest['headers']): Reply {
  const allowed = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
  };
  return { status: 204, headers: allowed, body: '' };
}

function answerCall(request: RelayRequest, switches: PlainSwitches): Reply {
  const vendor: Vendor = vendors[switches.vendor];
  const key = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const refused = (what: 'list' | 'call') => refusal(key, what, { keys: switches.keys, vendor });

  switch (`${request.method} ${endpointOf(request, switches.basePaths)}`) {
    case 'GET /models':
      if (vendor.listIsPublic) return modelListReply(switches.models, vendor);
      return refused('list') ?? modelListReply(switches.models, vendor);
    case 'POST /chat/completions':
      return refused('call') ?? answerChat(request, switches.models);
    case 'GET /key':
      if (!vendor.listIsPublic) return notFoundReply;
      return refused('list') ?? jsonReply(200, { data: { limit: null } });
    default:
      return notFoundReply;
  }
}

function endpointOf(request: RelayRequest, basePaths: readonly string[]): string | undefined {
  const { pathname } = urlOf(request);
  return ['/models', '/chat/completions', '/key'].find((endpoint) =>
    basePaths.some((base) => base + endpoint === pathname),
  );
}

/** Refusals in OpenAI's words (general knowledge, not recorded). */
function answerChat(request: RelayRequest, models: readonly UpstreamModel[]): Reply {
  const chat = readChatRequest(readJson(request));
  if (!chat) return invalidRequest(400, 'We could not parse the JSON body of your request.', null);
  if (hasModel(models, chat.model)) return chatReply(chat, Math.floor(Date.now() / 1000));
  const message = `The model \`${chat.model}\` does not exist or you do not have access to it.`;
  return invalidRequest(404, message, 'model_not_found');
}

function invalidRequest(status: number, message: string, code: string | null): Reply {
  return jsonReply(status, {
    error: { message, type: 'invalid_request_error', param: null, code },
  });
}
