import type { Page } from '@playwright/test';

declare const chrome: {
  storage: Record<'local' | 'session' | 'sync', { get(): Promise<Record<string, unknown>> }>;
};

/** All that the extension has stored, as text: what stands in it readable is found there. Asked of one of its pages. */
export function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { local, session, sync } = chrome.storage;
    const areas = await Promise.all([local.get(), session.get(), sync.get()]);
    const records: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        records.push(...(await settled(database.transaction(store).objectStore(store).getAll())));
      }
      database.close();
    }
    return JSON.stringify([areas, records], (_, value: unknown) => {
      const bytes = ArrayBuffer.isView(value) ? value.buffer : value;
      return bytes instanceof ArrayBuffer ? new TextDecoder('latin1').decode(bytes) : value;
    });

    function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    }
  });
}
