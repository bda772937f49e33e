import type { SealedStore } from './sealed-store.ts';

/** Forgets what was removed and could be put back until now. */
export async function forgetRemoved(store: SealedStore): Promise<void> {
  const names = await store.names('removed/');
  if (!names.ok || names.value.length === 0) return;
  await store.write(Object.fromEntries(names.value.map((name) => [name, undefined])));
}
