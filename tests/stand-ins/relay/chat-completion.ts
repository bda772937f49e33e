import { jsonReply, type Reply } from './http.ts';

export interface ChatRequest {
  model: string;
  stream: boolean;
}

/**
 * The two fields of a chat request that decide about the answer, or `undefined` for another body.
 */
export function readChatRequest(body: unknown): ChatRequest | undefined {
  if (typeof body !== 'object' || body === null || !('model' in body)) return undefined;
  const { model } = body;
  if (typeof model !== 'string') return undefined;
  return { model, stream: 'stream' in body && body.stream === true };
}

/**
 * A friendly answer of `model`, in one piece or as a stream of events, in the form of the OpenAI
 * API reference (chat completion object, chat completion chunk object). `createdAt` is in seconds.
 */
export function chatReply({ model, stream }: ChatRequest, createdAt: number): Reply {
  const head = { id: `chatcmpl-${createdAt}`, created: createdAt, model };
  return stream ? streamedReply(head) : wholeReply(head);
}

interface Head {
  id: string;
  created: number;
  model: string;
}

function wholeReply(head: Head): Reply {
  const message = { role: 'assistant', content: `Hello from ${head.model}` };
  const usage = { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  return jsonReply(200, { ...head, object: 'chat.completion', choices, usage });
}

function streamedReply(head: Head): Reply {
  const chunk = (delta: object, finishReason: string | null) =>
    event({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    });
  const body = [
    chunk({ role: 'assistant', content: '' }, null),
    chunk({ content: 'Hello ' }, null),
    chunk({ content: `from ${head.model}` }, null),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ].join('');
  return { status: 200, headers: { 'Content-Type': 'text/event-stream' }, body };
}

function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
