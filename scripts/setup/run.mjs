import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

/** The repository, whatever directory a script was started in. */
export const root = resolve(import.meta.dirname, '../..');

const binaries = join(root, 'node_modules/.bin');

/**
 * Starts a command in the repository, with the project's own Node and tools first on the path.
 *
 * @param {string} command
 * @param {readonly string[]} args without spaces or quotes: Windows passes them through a shell,
 *   which alone can start the `.cmd` files that npm makes there
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] in addition to this process's own
 * @param {import('node:child_process').StdioOptions} [options.stdio]
 */
export function start(command, args, { env = {}, stdio = 'inherit' } = {}) {
  return spawn(command, [...args], {
    cwd: root,
    env: { ...process.env, ...env, PATH: `${binaries}${delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
    stdio,
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} 1 if a signal ended it or it could not be started
 */
export function exitCodeOf(child) {
  return new Promise((done) => {
    child.on('error', (error) => {
      console.error(`${child.spawnfile} could not be started: ${error.message}`);
      done(1);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

/**
 * Runs a command in the repository and shows its output.
 *
 * @param {string} command
 * @param {readonly string[]} args as for {@link start}
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] in addition to this process's own
 * @param {boolean} [options.quiet] shows only what it writes to stderr
 * @param {boolean} [options.outlived] on a signal to end, waits until the command has ended
 * @returns {Promise<number>} its exit code
 */
export async function run(command, args, { env = {}, quiet = false, outlived = false } = {}) {
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'];
  const child = start(command, args, { env, stdio });
  const stopPassing = outlived ? passSignalsTo(child) : undefined;
  const code = await exitCodeOf(child);
  stopPassing?.();
  return code;
}

/** Ctrl+C reaches the command from the terminal itself. @param {import('node:child_process').ChildProcess} child */
function passSignalsTo(child) {
  const pass = () => void child.kill('SIGTERM');
  const ignore = () => {};
  process.on('SIGTERM', pass).on('SIGINT', ignore).on('SIGHUP', ignore);
  return () => process.off('SIGTERM', pass).off('SIGINT', ignore).off('SIGHUP', ignore);
}
