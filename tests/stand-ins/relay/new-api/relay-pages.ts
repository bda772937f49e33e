import { chatReply, readChatRequest } from '../chat-completion.ts';
import { jsonReply, type Reply, readJson } from '../http.ts';
import { type Call, seconds, type TokenCall } from './call.ts';
import { isWithinLimits, modelLimits, modelsOfToken } from './catalogue.ts';
import type { Model } from './model.ts';
import { relayFailure, success } from './replies.ts';
import type { Token } from './state.ts';

const quotaPerUsd = 500_000;
/** The time New API gives every model. */
const modelCreatedAt = 1626777600;

/** In the form that the client's headers ask for: OpenAI's, Anthropic's or Gemini's. */
export function listModels(call: TokenCall): Reply {
  const models = modelsOfToken(call.api.switches.state, call.token, call.group);
  const { headers } = call.request;
  if (headers['x-api-key'] && headers['anthropic-version']) return anthropicList(models);
  if (headers['x-goog-api-key']) return geminiList(models);
  const data = models.map(({ id }) => ({
    ...openAiModel(id, 'openai'),
    supported_endpoint_types: ['openai'],
  }));
  return jsonReply(200, { data, object: 'list', success: true });
}

/** In Gemini's form, whoever asks: the page of Gemini's clients. */
export function listGeminiModels(call: TokenCall): Reply {
  return geminiList(modelsOfToken(call.api.switches.state, call.token, call.group));
}

/** Of what the program knows, not of what the token may use; unknown is **200** too (recorded). */
export function showModel({ api, params }: TokenCall): Reply {
  const { model = '' } = params;
  const isKnown = api.switches.state.models.some(({ id, price }) => id === model && price);
  if (isKnown) {
    const known = { ...openAiModel(model, 'advanced_custom'), supported_endpoint_types: null };
    return jsonReply(200, known);
  }
  const message = `The model '${model}' does not exist`;
  const error = { message, type: 'invalid_request_error', param: 'model', code: 'model_not_found' };
  return jsonReply(200, { error });
}

/** Refusals as recorded; no balance and an unreadable body by source. */
export function completeChat(call: TokenCall): Reply {
  const { state, upstream } = call.api.switches;
  const chat = readChatRequest(readJson(call.request));
  if (!chat) return relayFailure(call, 400, 'Model name not specified, model name cannot be empty');
  const { model } = chat;
  if (!isWithinLimits(call.token, model)) {
    return relayFailure(call, 403, `This token has no access to model ${model}`);
  }
  if (!state.models.some(({ id, groups }) => id === model && groups.includes(call.group))) {
    const message = `No available channel for model ${model} under group ${call.group} (distributor)`;
    return relayFailure(call, 503, message, { code: 'model_not_found' });
  }
  if (call.owner.quota <= 0) return noBalance(call);
  call.token.accessed_time = seconds(call.api);
  return upstream === 'answers' ? chatReply(chat, seconds(call.api)) : unreachable(call);
}

/** No channel of the stand-in speaks Anthropic's language. */
export function unreachable(call: Call): Reply {
  const message = 'upstream error: do request failed';
  return relayFailure(call, 500, message, { param: '', code: 'do_request_failed' });
}

/** The whole quota of a token in dollars; unlimited is a great number. */
export function showSubscription({ token }: TokenCall): Reply {
  const granted = (token.remain_quota + token.used_quota) / quotaPerUsd;
  const limit = token.unlimited_quota ? 100_000_000 : granted;
  return jsonReply(200, {
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: limit,
    hard_limit_usd: limit,
    system_hard_limit_usd: limit,
    access_until: Math.max(0, token.expired_time),
  });
}

/** Hundredths of a dollar. */
export function showUsage({ token }: TokenCall): Reply {
  return jsonReply(200, { object: 'list', total_usage: (token.used_quota / quotaPerUsd) * 100 });
}

/** What a token may still spend, asked with the token itself. */
export function showTokenUsage(_call: Call, token: Token): Reply {
  const limits = modelLimits(token).map((model) => [model, true]);
  const data = {
    object: 'token_usage',
    name: token.name,
    total_granted: token.remain_quota + token.used_quota,
    total_used: token.used_quota,
    total_available: token.remain_quota,
    unlimited_quota: token.unlimited_quota,
    model_limits: Object.fromEntries(limits),
    model_limits_enabled: token.model_limits_enabled,
    expires_at: Math.max(0, token.expired_time),
  };
  return jsonReply(200, { code: true, data, message: 'ok' });
}

/** The calls made with a token: none are kept. */
export function listTokenCalls(): Reply {
  return success([]);
}

function openAiModel(id: string, ownedBy: string): object {
  return { id, object: 'model', created: modelCreatedAt, owned_by: ownedBy };
}

function anthropicList(models: readonly Model[]): Reply {
  const created_at = '2021-07-20T10:40:00Z';
  const data = models.map(({ id }) => ({ id, created_at, display_name: id, type: 'model' }));
  const ends = { first_id: data.at(0)?.id, last_id: data.at(-1)?.id };
  return jsonReply(200, { data, has_more: false, ...ends });
}

/** What Gemini says of a model and New API does not know. */
const unknownToNewApi = {
  baseModelId: null,
  version: null,
  description: null,
  inputTokenLimit: null,
  outputTokenLimit: null,
  supportedGenerationMethods: null,
  thinking: null,
  temperature: null,
  maxTemperature: null,
  topP: null,
  topK: null,
};

function geminiList(models: readonly Model[]): Reply {
  const views = models.map(({ id }) => ({ ...unknownToNewApi, name: id, displayName: id }));
  return jsonReply(200, { models: views, nextPageToken: null });
}

function noBalance(call: TokenCall): Reply {
  const code = 'insufficient_user_quota';
  return relayFailure(call, 403, '用户额度不足, 剩余额度: ＄0.000000', { param: '', code });
}
