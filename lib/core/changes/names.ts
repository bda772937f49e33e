import { comparableName } from './provider.ts';

/**
 * `wanted`, or the first of `wanted 2`, `wanted 3`, … that is not taken. `isTaken` is
 * asked in comparable form: servers up to v7.1.76 route by the lower-case name
 * (recorded, scenario e2e-names).
 */
export function freeName(wanted: string, isTaken: (comparable: string) => boolean): string {
  const name = wanted.trim();
  if (!isTaken(comparableName(name))) return name;
  let number = 2;
  while (isTaken(comparableName(`${name} ${number}`))) number += 1;
  return `${name} ${number}`;
}
