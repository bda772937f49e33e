import { say, type Words } from '../words/words.ts';
import { type BaseUrlNote, hostOf } from './base-url.ts';

/** Why a base URL is not what was typed, in words. A scheme that was added is seen, and not said. */
export function baseUrlNoteWords(notes: readonly BaseUrlNote[], baseUrl: string): Words[] {
  const words: Partial<Record<BaseUrlNote, Words>> = {
    'version-added': say('base_url_version_added'),
    'host-known': say('base_url_host_known', { host: hostOf(baseUrl) }),
    'request-path-cut': say('base_url_request_cut'),
    'dashboard-path-cut': say('base_url_dashboard_cut'),
    'query-cut': say('base_url_query_cut'),
  };
  return notes.flatMap((note) => words[note] ?? []);
}
