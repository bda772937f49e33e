import bcrypt from 'bcryptjs';
import type { Clock } from '../clock.ts';
import { type Answer, type Call, refusal } from './messages.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import type { Features } from './versions.ts';

const FAILURES_UNTIL_BAN = 5;
const BAN_MS = 30 * 60 * 1000;

export interface AuthOptions {
  store: Store;
  features: Features;
  clock: Clock;
  switches: Switches;
  /** MANAGEMENT_PASSWORD of the environment; empty if there is none. */
  password: string;
}

/** Says why a management request is refused, or undefined if it may pass. */
export type Authenticate = (call: Call) => Promise<Answer | undefined>;

/**
 * The guard of the management API: keys, and bans per address.
 * Recorded in all versions, scenarios auth-*; the end of a ban was read in the source.
 */
export function createAuth({
  store,
  features,
  clock,
  switches,
  password,
}: AuthOptions): Authenticate {
  const bans = createBans(clock);
  const checkKey = createKeyCheck(clock, switches);

  return async (call) => {
    const address = clientAddress(call);
    const isLocal = address === '127.0.0.1' || address === '::1';
    const isCounted = !isLocal || features.has('ban-for-localhost');
    const remote = store.config()['remote-management'];
    const fail = (error: string) => {
      if (isCounted) bans.count(address);
      return refusal(401, error);
    };

    const banned = isCounted && bans.remaining(address);
    if (banned) {
      return refusal(403, `IP banned due to too many failed attempts. Try again in ${banned}`);
    }
    if (!isLocal && !remote['allow-remote'] && password === '') {
      return refusal(403, 'remote management disabled');
    }
    if (remote['secret-key'] === '' && password === '') {
      return refusal(403, 'remote management key not set');
    }
    const given = givenKey(call);
    if (given === '') return fail('missing management key');
    const isRight =
      (password !== '' && given === password) ||
      (remote['secret-key'] !== '' && (await checkKey(given, remote['secret-key'])));
    if (!isRight) return fail('invalid management key');
    bans.reset(address);
    return undefined;
  };
}

/** The client's address; what a proxy says about it is believed. Scenario auth-forwarded. */
function clientAddress({ headers, remoteAddress }: Call): string {
  const forwarded = headers['x-forwarded-for']?.split(',')[0]?.trim();
  const address = forwarded || headers['x-real-ip']?.trim() || remoteAddress;
  return address.replace(/^::ffff:/, '');
}

/** Authorization with or without Bearer; X-Management-Key only if there is none. Scenario auth-basic. */
export function givenKey({ headers }: Call): string {
  const authorization = headers.authorization ?? '';
  const bearer = /^bearer (.*)$/is.exec(authorization)?.[1];
  return (bearer ?? authorization) || (headers['x-management-key'] ?? '');
}

function createBans(clock: Clock) {
  const failures = new Map<string, { count: number; bannedUntil: number }>();
  const entryOf = (address: string) => failures.get(address) ?? { count: 0, bannedUntil: 0 };
  return {
    /** How long the address is still banned, as Go writes it, or undefined. */
    remaining(address: string): string | undefined {
      const ms = entryOf(address).bannedUntil - clock.now();
      return ms > 0 ? minutesAndSeconds(Math.round(ms / 1000)) : undefined;
    },
    count(address: string) {
      const count = entryOf(address).count + 1;
      const isBanned = count >= FAILURES_UNTIL_BAN;
      failures.set(address, {
        count: isBanned ? 0 : count,
        bannedUntil: isBanned ? clock.now() + BAN_MS : 0,
      });
    },
    reset(address: string) {
      failures.delete(address);
    },
  };
}

function minutesAndSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}

/** Checks keys one after the other, each as long as the switch says. */
function createKeyCheck(clock: Clock, switches: Switches) {
  const known = new Map<string, boolean>();
  let freeAt = 0;
  return async (key: string, hash: string): Promise<boolean> => {
    if (switches.keyCheckMs > 0) {
      freeAt = Math.max(freeAt, clock.now()) + switches.keyCheckMs;
      await clock.sleep(freeAt - clock.now());
    }
    const id = `${hash} ${key}`;
    const isRight = known.get(id) ?? bcrypt.compareSync(key, hash);
    known.set(id, isRight);
    return isRight;
  };
}
