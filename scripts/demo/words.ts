import { maskSecret } from '../../lib/core/secrets.ts';
import type { Entry } from '../../tests/e2e/server-under-test.ts';
import type { PlacedKey } from './services.ts';

export interface Scene {
  browser: { name: string; path: string };
  server: { url: string; clientKey: string | undefined };
  /** The stand-in's config.yaml; absent where the person's own server is used. */
  configPath: string | undefined;
  keys: readonly PlacedKey[];
}

/** What runs where: the first lines of the demo, once the extension is known to run. */
export function describeScene({ browser, server, configPath, keys }: Scene): string {
  const relays = [...new Set(keys.map(({ baseUrl }) => baseUrl))];
  const what = configPath
    ? `a stand-in for CLIProxyAPI, which keeps its providers in ${configPath}`
    : 'your CLIProxyAPI';
  return `Keyferry runs in ${browser.name} (${browser.path}), in a profile of its own.
Server: ${server.url}, ${what}
Sample relays: ${relays.join(' and ')}`;
}

/** What to click in the window. */
export function describeClicks({
  server,
  configPath,
}: Pick<Scene, 'server' | 'configPath'>): string {
  // A key of the person's own is not printed.
  const clientKey = configPath ? server.clientKey : '<one of its api-keys>';
  const key = server.clientKey ? ` -H 'Authorization: Bearer ${clientKey}'` : '';
  return `
In the tab that is in front:
1. Press Import on the card Harbor. The result comes up at the top right, and the card says how many models are served.
2. Press Import on Harbor spare. It is of the same relay, so its key joins the provider that is there.
3. Press Import on Lagoon. It is of another relay, so it gets a provider of its own.
The gear opens the settings. Alt+Shift+K opens Keyferry as the toolbar popup that it is.

Then ask a model through the server:
curl ${server.url}/v1/chat/completions${key} -H 'Content-Type: application/json' -d '{"model":"gpt-5","messages":[{"role":"user","content":"Hello"}]}'

Close the window or press Ctrl+C to end.`;
}

/** A provider list, one line each, with its keys masked. */
export function describeProviders(title: string, providers: readonly Entry[]): string {
  if (providers.length === 0) return `${title}: none`;
  return [`${title}:`, ...providers.map(describeProvider)].join('\n- ');
}

function describeProvider(provider: Entry): string {
  const { name, 'base-url': baseUrl, 'api-key-entries': entries = [], models = [] } = provider;
  const masks = entries.map((entry) => maskSecret(entry['api-key'])).join(', ');
  const keys = count(entries.length, 'key') + (masks && ` (${masks})`);
  return [name, baseUrl, keys, count(models.length, 'model')].join(', ');
}

/** Where providers stay that lead to relays which have ended. */
export function describeRemains(url: string, names: readonly string[]): string {
  return `Your server ${url} keeps ${names.join(' and ')}. The sample relays behind have ended, so remove them from its list of OpenAI-compatible providers.`;
}

/** How to load the extension where the browser does not take it from a program. */
export function describeManualLoading(browser: string, extension: string, reason: string): string {
  return `${browser} did not take the extension: ${reason}
Set CHROMIUM to the path of another browser (Chromium, Chrome for Testing, Brave, Vivaldi), or load it by hand:
1. Open chrome://extensions in ${browser}, and switch on Developer mode.
2. Press Load unpacked, and choose ${extension}.
3. Open Keyferry from the toolbar. npm run stand-in starts a server to try it on; README.md says how.`;
}

const count = (number: number, thing: string): string =>
  `${number} ${thing}${number === 1 ? '' : 's'}`;
