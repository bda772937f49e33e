import type { Answer } from '../messages.ts';
import type { Handler } from '../server.ts';
import type { Features } from '../versions.ts';
import { callRelay, type RelayRequest } from './relay.ts';
import { notTranslated, type Rotation } from './rotation.ts';

interface MessagesRequest extends RelayRequest {
  max_tokens?: number;
  system?: Content;
  messages: readonly { role: string; content: Content }[];
}

type Content = string | readonly { type: string; text?: string }[];

/**
 * POST /v1/messages, the requests of Anthropic's clients: passed on to claude keys, translated for providers (text only).
 * Recorded in all versions, scenarios claude-models-served, e2e-formats.
 */
export function createMessages(rotation: Rotation): Handler {
  return async ({ body }, server) => {
    const request = JSON.parse(body) as MessagesRequest;
    return rotation(request.model, server, async (route, { model }) => {
      if (route.channel === 'claude') return callRelay(route, { ...request, model }, server);
      if (request.stream) return notTranslated('a stream of messages', route.channel);
      const { answer, outcome } = await callRelay(route, chatOf(request, model), server);
      return { answer: asMessage(answer, server.features), outcome };
    });
  };
}

function chatOf({ system, messages, max_tokens }: MessagesRequest, model: string): RelayRequest {
  const first = system === undefined ? [] : [{ role: 'system', content: system }];
  const all = [...first, ...messages];
  return {
    model,
    messages: all.map(({ role, content }) => ({ role, content: textOf(content) })),
    ...(max_tokens !== undefined && { max_tokens }),
    stream: false,
  };
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map(({ text = '' }) => text).join('');
}

interface Completion {
  id: string;
  model: string;
  choices: readonly { message: { content: string | null }; finish_reason: string }[];
  usage?: { prompt_tokens: number; completion_tokens: number };
}

function asMessage(answer: Answer, features: Features): Answer {
  if (answer.status >= 400) return answer;
  const { id, model, choices, usage } = JSON.parse(answer.body) as Completion;
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: choices[0]?.message.content ?? '' }],
    stop_reason: choices[0]?.finish_reason === 'length' ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: usage?.prompt_tokens ?? 0,
      output_tokens: usage?.completion_tokens ?? 0,
    },
  };
  const inOrder = features.has('messages-in-order') ? message : sorted(message);
  return { ...answer, body: JSON.stringify(inOrder) };
}

/** Before v6.6.41 the fields came in the order of the alphabet. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
    name,
    sorted(item),
  ]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
