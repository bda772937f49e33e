type Listener<Args extends unknown[]> = (...args: Args) => unknown;

/** An event of a browser API. */
function fakeEvent<Args extends unknown[]>() {
  const listeners = new Set<Listener<Args>>();
  return {
    listeners,
    addListener: (listener: Listener<Args>) => void listeners.add(listener),
    removeListener: (listener: Listener<Args>) => void listeners.delete(listener),
    fire: (...args: Args) => [...listeners].map((listener) => listener(...args)),
  };
}

type Changes = Record<string, { oldValue?: unknown; newValue?: unknown }>;

/** A storage area: what is put in is copied as JSON, as the browser does. */
function fakeArea() {
  const values = new Map<string, string>();
  const onChanged = fakeEvent<[Changes]>();
  return {
    values,
    onChanged,
    /** Set it to have every access refused. */
    broken: undefined as Error | undefined,
    async get(name: string) {
      if (this.broken) throw this.broken;
      const value = values.get(name);
      return value === undefined ? {} : { [name]: JSON.parse(value) };
    },
    async set(changed: Record<string, unknown>) {
      if (this.broken) throw this.broken;
      for (const [name, value] of Object.entries(changed)) values.set(name, JSON.stringify(value));
      const changes = Object.entries(changed).map(([name, newValue]) => [name, { newValue }]);
      onChanged.fire(Object.fromEntries(changes));
    },
  };
}

export interface FakeSender {
  id?: string;
  url?: string;
}

const ID = 'keyferry-id';
const ROOT = `chrome-extension://${ID}/`;

/** What of a browser the edges use, in memory. One process is one extension: pages and worker share it. */
export function createFakeBrowser() {
  const onMessage = fakeEvent<[message: unknown, sender: FakeSender]>();
  const granted = new Set<string>();
  const onAdded = fakeEvent<[{ origins?: string[] }]>();
  const onRemoved = fakeEvent<[{ origins?: string[] }]>();
  const button: Record<string, unknown> = {};
  const own: FakeSender = { id: ID, url: `${ROOT}popup.html` };

  /** A message as a listener gets it; the first one that answers with a promise answers. */
  async function deliver(message: unknown, sender: FakeSender): Promise<unknown> {
    const copy: unknown = JSON.parse(JSON.stringify(message));
    if (onMessage.listeners.size === 0) throw new Error('Could not establish connection.');
    return onMessage.fire(copy, sender).find((answer) => answer instanceof Promise);
  }

  return {
    storage: { local: fakeArea(), session: fakeArea() },
    runtime: {
      id: ID,
      getURL: (path: string) => `${ROOT}${path.replace(/^\//, '')}`,
      onMessage,
      sendMessage: (message: unknown) => deliver(message, own),
      /** A message from somebody else: a content script, another extension. */
      deliverFrom: (sender: FakeSender, message: unknown) => deliver(message, sender),
    },
    permissions: {
      granted,
      onAdded,
      onRemoved,
      async contains({ origins = [] }: { origins?: string[] }) {
        return origins.every((origin) => granted.has(origin));
      },
      async request({ origins = [] }: { origins?: string[] }) {
        for (const origin of origins) granted.add(origin);
        onAdded.fire({ origins });
        return true;
      },
      getAll: async () => ({ origins: [...granted] }),
      async remove({ origins = [] }: { origins?: string[] }) {
        for (const origin of origins) granted.delete(origin);
        onRemoved.fire({ origins });
        return true;
      },
    },
    action: {
      button,
      setIcon: async ({ path }: { path: unknown }) => void Object.assign(button, { path }),
      setBadgeText: async ({ text }: { text: string }) => void Object.assign(button, { text }),
      setBadgeBackgroundColor: async ({ color }: { color: string }) =>
        void Object.assign(button, { color }),
      setTitle: async ({ title }: { title: string }) => void Object.assign(button, { title }),
    },
    i18n: { language: 'en-GB', getUILanguage: () => fakeBrowser.i18n.language },
  };
}

/**
 * The browser that `lib/edges/browser.ts` finds. A test that needs it imports this file
 * first, by itself, because the polyfill looks when it is loaded.
 */
export const fakeBrowser: ReturnType<typeof createFakeBrowser> = createFakeBrowser();
Object.assign(globalThis, { browser: fakeBrowser, chrome: fakeBrowser });

/** Forgets everything, so that a test begins with a fresh browser. */
export function resetBrowser(): void {
  Object.assign(fakeBrowser, createFakeBrowser());
}
