import { once } from 'node:events';
import { connect } from 'node:net';
import { Trouble } from './trouble.ts';

const TRIES = 20;

/**
 * Starts something on port `first` of 127.0.0.1, or on the next one that is free. Throws
 * `Trouble` if twenty in a row are taken.
 */
export async function startOnFreePort<Started>(
  first: number,
  start: (port: number) => Promise<Started>,
): Promise<Started> {
  for (let port = first; port < first + TRIES; port += 1) {
    if (await isTaken(port)) continue;
    try {
      return await start(port);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  throw new Trouble(
    `The ports ${first} to ${first + TRIES - 1} are all taken. End one of the programs that listen there, and run this again.`,
  );
}

/** Asked by connecting, because macOS lets a program listen where another one listens on all addresses. */
async function isTaken(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Taken since, or kept by the system: Windows has such ranges. */
function isRefusal(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' || code === 'EACCES';
}
