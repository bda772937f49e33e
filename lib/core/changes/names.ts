import { comparableName } from './provider.ts';

/** Names for new providers, none of which is in use. */
export interface FreeNames {
  /** `wanted`, or the first of `wanted 2`, `wanted 3`, … that is free. It stays free. */
  propose(wanted: string): string;
  /** The same, and from now on it is taken. */
  take(wanted: string): string;
}

/**
 * `taken` is in comparable form: servers up to v7.1.76 route by the lower-case name
 * (recorded, scenario e2e-names).
 */
export function freeNames(taken: Iterable<string>): FreeNames {
  const used = new Set(taken);
  // Names are only ever taken, so that numbers once found taken need not be tried again.
  const triedTo = new Map<string, number>();
  const propose = (wanted: string) => {
    const name = wanted.trim();
    const plain = comparableName(name);
    if (!used.has(plain)) return name;
    let number = triedTo.get(plain) ?? 2;
    while (used.has(comparableName(`${name} ${number}`))) number += 1;
    triedTo.set(plain, number);
    return `${name} ${number}`;
  };
  const take = (wanted: string) => {
    const name = propose(wanted);
    used.add(comparableName(name));
    return name;
  };
  return { propose, take };
}
