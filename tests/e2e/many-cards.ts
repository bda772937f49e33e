import type { Page } from '@playwright/test';

/** Puts the one card that is stored there so many times, under names and ids of their own. */
export async function multiplyCards(popup: Page, count: number): Promise<void> {
  await popup.evaluate(async (count) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('keyferry'));
    const stores = () => database.transaction(['keys', 'sealed'], 'readwrite');
    const key = await done<CryptoKey>(stores().objectStore('keys').get('profile'));
    const record = await done(stores().objectStore('sealed').get('cards'));
    const cipher = {
      name: 'AES-GCM',
      iv: record.iv,
      additionalData: new TextEncoder().encode('keyferry/1/cards'),
    };
    const plain = await crypto.subtle.decrypt(cipher, key, record.data);
    const [card] = JSON.parse(new TextDecoder().decode(plain));
    const cards = Array.from({ length: count }, (_, at) => ({
      ...card,
      id: `id-${at}`,
      name: `key ${at}`,
      fingerprint: `fingerprint-${at}`,
    }));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(cards));
    const data = await crypto.subtle.encrypt({ ...cipher, iv }, key, bytes);
    const change = stores();
    change.objectStore('sealed').put({ ...record, iv, data }, 'cards');
    // Not only the request: a page that leaves takes an open transaction with it.
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    database.close();
  }, count);
}
