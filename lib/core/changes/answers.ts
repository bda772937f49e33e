import type { ImportAnswers } from './import.ts';

type Answered = readonly { answers: ImportAnswers }[];

/**
 * The answers for keys that share one question. What one of them was answered holds for
 * all; where two differ, the one that says more wins: a provider over "a new one", adding
 * over leaving. A provider is switched on only if nobody said that it stays off.
 */
export function joinAnswers(keys: Answered): ImportAnswers {
  const [one, ...others] = keys;
  if (one && others.length === 0) return one.answers;
  const said = <Field extends keyof ImportAnswers>(field: Field) =>
    new Set(keys.map(({ answers }) => answers[field]));
  const first = <Value>(given: ReadonlySet<Value>, ...order: readonly Value[]) =>
    order.find((value) => given.has(value));
  return {
    provider: joinProviders(keys),
    addModels: first(said('addModels'), true, false),
    withoutModels: first(said('withoutModels'), true),
    sharedAliases: first(said('sharedAliases'), true),
    switchedOff: first(said('switchedOff'), true),
    keyElsewhere: first(said('keyElsewhere'), 'add', 'leave'),
    disabledProvider: first(said('disabledProvider'), 'leave-off', 'switch-on'),
  };
}

/** Of several providers the first by base URL and name: which one it is must not hang on the order of the keys. */
function joinProviders(keys: Answered): ImportAnswers['provider'] {
  const chosen = keys.flatMap(({ answers }) => answers.provider ?? []);
  const refs = chosen.filter((provider) => provider !== 'new');
  const [first] = refs.sort((one, other) => (refText(one) < refText(other) ? -1 : 1));
  return first ?? chosen[0];
}

const refText = ({ baseUrl, name }: { baseUrl: string; name: string }) => `${baseUrl}\n${name}`;
