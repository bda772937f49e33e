import type { ProviderEntry } from '../../lib/core/changes/provider.ts';
import { type Entries, keyEntriesIn, keyIn, nameIn, plainUrl, urlIn } from './lists.ts';
import type { Random } from './random.ts';
import type { Edit, KeySetup } from './schedule.ts';

interface Hands {
  random: Random;
  /** The list as it was some seconds ago. */
  older: Entries;
  /** The keys that the person imports. */
  ours: readonly KeySetup[];
}

/** What somebody else makes of a list. Where there is nothing to be done to, it stays as it is. */
export function foreignEdit(edit: Edit, entries: Entries, hands: Hands): Entries {
  const { random, ours } = hands;
  if (edit === 'stale') return hands.older;
  if (edit === 'add-provider') return [...entries, newcomer(random)];
  if (edit === 'add-our-key') return withOurKey(entries, random.pick(ours));
  if (entries.length === 0) return entries;
  const at = random.int(0, entries.length - 1);
  const entry = entries[at] ?? {};
  if (edit === 'remove-provider') return entries.toSpliced(at, 1);
  if (edit === 'reorder') return [...entries.toSpliced(at, 1), entry];
  if (edit === 'remove-our-key') {
    const { apiKey } = random.pick(ours);
    return entries.map((each) => withoutKey(each, (key) => key === apiKey));
  }
  return entries.with(at, changedEntry(edit, entry, hands));
}

function changedEntry(edit: Edit, entry: ProviderEntry, { random, ours }: Hands): ProviderEntry {
  const keyEntries = keyEntriesIn(entry);
  switch (edit) {
    case 'rename':
      return { ...entry, name: `${nameIn(entry)} renamed`.trim() };
    case 'move':
      return { ...entry, 'base-url': `${urlIn(entry)}/moved` };
    case 'switch':
      return { ...entry, disabled: entry.disabled !== true };
    case 'set-field':
      return { ...entry, prefix: `p${random.int(0, 99)}` };
    case 'other-url':
      return { ...entry, 'base-url': `https://other-${random.int(100, 199)}.example/v1` };
    case 'add-key': {
      const key = { 'api-key': `sk-foreign-${random.int(1000, 9999)}`, weight: 2 };
      return { ...entry, 'api-key-entries': [...keyEntries, key] };
    }
    default: {
      const isOurs = (key: string) => ours.some(({ apiKey }) => apiKey === key);
      const first = keyEntries.map(keyIn).find((key) => !isOurs(key));
      return withoutKey(entry, (key) => key === first);
    }
  }
}

function newcomer(random: Random): ProviderEntry {
  const number = random.int(1000, 9999);
  return {
    name: `Newcomer ${number}`,
    disabled: false,
    'base-url': `https://newcomer-${number}.example/v1`,
    'api-key-entries': [{ 'api-key': `sk-newcomer-${number}` }],
    models: [{ name: `new-${number}`, alias: `new-${number}` }],
  };
}

function withoutKey(entry: ProviderEntry, isMeant: (key: string) => boolean): ProviderEntry {
  const left = keyEntriesIn(entry).filter((held) => !isMeant(keyIn(held)));
  if (left.length === keyEntriesIn(entry).length) return entry;
  const { 'api-key-entries': _all, ...others } = entry;
  return left.length > 0 ? { ...others, 'api-key-entries': left } : others;
}

/** Somebody else imports the same key, as one of their tools would. */
function withOurKey(entries: Entries, { apiKey, baseUrl, name }: KeySetup): Entries {
  const at = entries.findIndex((entry) => plainUrl(urlIn(entry)) === plainUrl(baseUrl));
  const entry = entries[at];
  const key = { 'api-key': apiKey };
  if (!entry) {
    const created = {
      name: `${name} of theirs`,
      disabled: false,
      'base-url': `${plainUrl(baseUrl)}/v1`,
      'api-key-entries': [key],
      models: [{ name: 'theirs', alias: 'theirs' }],
    };
    return [...entries, created];
  }
  if (keyEntriesIn(entry).some((held) => keyIn(held) === apiKey)) return entries;
  return entries.with(at, { ...entry, 'api-key-entries': [...keyEntriesIn(entry), key] });
}
