import type { Announcement, Ask, ReplyTo, RequestName } from '../core/protocol.ts';
import { fail } from '../core/result.ts';
import { browser } from './browser.ts';

/** Asks the worker. A worker that does not answer is a failure, not an exception. */
export async function ask<Name extends RequestName>(
  name: Name,
  request: Ask<Name>,
): Promise<ReplyTo<Name>> {
  try {
    const reply: ReplyTo<Name> | undefined = await browser.runtime.sendMessage({ name, request });
    return reply ?? noAnswer;
  } catch {
    return noAnswer;
  }
}

const noAnswer = fail({ code: 'worker/no-answer' });

/**
 * Hears what the worker announces. Only a page that someone can see says that it has
 * heard: a result that nobody saw is kept and shown by the badge. Gives the way to stop.
 */
export function onAnnouncement(hear: (announcement: Announcement) => void): () => void {
  const listener = (message: unknown): Promise<true> | undefined => {
    const announcement = announcementIn(message);
    if (!announcement) return undefined;
    hear(announcement);
    return document.visibilityState === 'visible' ? Promise.resolve(true) : undefined;
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}

/** Tells all open pages. Whether anybody saw it is the answer. */
export async function announce(announcement: Announcement): Promise<boolean> {
  try {
    return (await browser.runtime.sendMessage({ announcement })) === true;
  } catch {
    // Nobody listens while no page is open.
    return false;
  }
}

/** Only the worker sends these, and nothing outside of the extension can: they are not parsed again. */
function announcementIn(message: unknown): Announcement | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  return 'announcement' in message ? (message.announcement as Announcement) : undefined;
}
