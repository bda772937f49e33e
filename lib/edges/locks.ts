/** One holder of a name at a time, over all contexts of the extension; the others wait for their turn. */
export const withLock = <Value>(name: string, work: () => Promise<Value>): Promise<Value> =>
  navigator.locks.request(name, work);
