import { say, type Words } from '../words/words.ts';
import { type AddressNote, plainHttpReach, type ServerAddress } from './address.ts';

/** What was made of a typed address, in words. A scheme that was added is seen, and not said. */
export function addressNoteWords({ managementBaseUrl, notes }: ServerAddress): Words[] {
  const words: Partial<Record<AddressNote, Words>> = {
    'panel-replaced': say('address_panel_replaced'),
    'path-cut': say('address_path_cut'),
    'query-cut': say('address_query_cut'),
  };
  const reach = plainHttpReach(managementBaseUrl);
  return [
    ...notes.flatMap((note) => words[note] ?? []),
    ...(reach === 'private' ? [say('address_http_private')] : []),
  ];
}
