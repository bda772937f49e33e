import type { Handlers, RequestName } from '../core/protocol.ts';
import { browser, type Runtime } from './browser.ts';
import { messageShapes } from './message-shapes.ts';
import { z } from './zod.ts';

const call = z.object({
  name: z.enum(Object.keys(messageShapes) as RequestName[]),
  request: z.unknown(),
});

/**
 * Answers the extension's own pages, and nobody else: not a content script, not a web
 * page, not another extension. What does not fit its shape gets no answer.
 */
export function answerPages(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const parsed = call.safeParse(message);
    if (!parsed.success || !isOwnPage(sender)) return undefined;
    return answer(parsed.data.name, parsed.data.request, handlers);
  });
}

function isOwnPage({ id, url }: Runtime.MessageSender): boolean {
  return id === browser.runtime.id && url?.startsWith(browser.runtime.getURL('')) === true;
}

function answer(
  name: RequestName,
  request: unknown,
  handlers: Handlers,
): Promise<unknown> | undefined {
  const parsed = messageShapes[name].safeParse(request);
  if (!parsed.success) return undefined;
  // Shape and handler are looked up by the same name; TypeScript cannot follow that through the union.
  const handle = handlers[name] as (request: unknown) => Promise<unknown>;
  return handle(parsed.data);
}
