import { parseArgs } from 'node:util';
import { parseServerAddress, serverRoot } from '../../lib/core/server/address.ts';
import { Trouble } from './trouble.ts';

/** A server of the person's own, in the stand-in's place. */
export interface OwnServer {
  /** Its root, without a slash at the end. */
  url: string;
  managementKey: string;
}

export interface DemoRequest {
  /** `driven`: without a window, the demo clicks itself. */
  mode: 'window' | 'driven';
  ownServer: OwnServer | undefined;
}

interface Situation {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** As in `process.platform`. */
  platform: string;
}

/** What a call of `npm start` asks for. Throws `Trouble` if that cannot be understood. */
export function readRequest({ args, env, platform }: Situation): DemoRequest {
  const isDriven = asksForHeadless(args) || !hasDisplay(env, platform);
  return { mode: isDriven ? 'driven' : 'window', ownServer: readOwnServer(env) };
}

function asksForHeadless(args: readonly string[]): boolean {
  try {
    const options = { headless: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options }).values.headless ?? false;
  } catch {
    throw new Trouble(`npm start knows -- --headless and nothing else, not ${args.join(' ')}.`);
  }
}

/** On Linux a window needs X or Wayland. Elsewhere there is a display, or the browser says so. */
function hasDisplay(env: NodeJS.ProcessEnv, platform: string): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function readOwnServer(env: NodeJS.ProcessEnv): OwnServer | undefined {
  const { CLIPROXYAPI_URL: address = '', CLIPROXYAPI_MANAGEMENT_KEY: managementKey = '' } = env;
  if (address === '' && managementKey === '') return undefined;
  if (address === '' || managementKey === '') {
    const missing = address === '' ? 'CLIPROXYAPI_URL' : 'CLIPROXYAPI_MANAGEMENT_KEY';
    throw new Trouble(`For a server of your own set ${missing} too; without both, unset both.`);
  }
  const parsed = parseServerAddress(address);
  if (!parsed.ok) {
    throw new Trouble(
      `CLIPROXYAPI_URL is no address: ${address}. It looks like http://127.0.0.1:8317.`,
    );
  }
  return { url: serverRoot(parsed.value.managementBaseUrl), managementKey };
}
