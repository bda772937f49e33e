import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf, root, run, start } from './run.mjs';

/** How npm names a failure of the network or of the registry, which a second try may not meet. */
const networkFault =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_SOCKET_TIMEOUT|E50\d)\b/;

/** Only errors: npm runs on the person's Node and warns of each package that wants a newer one, which it gets. */
const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Makes sure that the packages of package-lock.json are installed, and the project's own Node with
 * them.
 *
 * @returns {Promise<boolean>} whether they are; if not, the reason has been printed
 */
export async function ensurePackages() {
  if (!areCurrent() && !(await install())) return false;
  if (!existsSync(join(root, '.wxt/tsconfig.json'))) await run('npm', ['run', 'postinstall']);
  return hasNode();
}

/**
 * Runs a script of the repository, which may be TypeScript, under the project's own Node.
 *
 * @param {string} script its path in the repository
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runScript(script, args) {
  return run('node', [script, ...args], { outlived: true });
}

/**
 * The same once the packages are there.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 1 if the packages could not be installed
 */
export async function runWithPackages(script, args) {
  return (await ensurePackages()) ? runScript(script, args) : 1;
}

/** npm writes node_modules/.package-lock.json at the end of an install, so it is absent after a broken one. */
function areCurrent() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function install() {
  console.log('Installing packages with npm ci.');
  let { code, errors } = await npmCi();
  if (code !== 0 && networkFault.test(errors)) {
    console.log('The network failed. Trying npm ci once more.');
    ({ code, errors } = await npmCi());
  }
  if (code !== 0) console.error(describeFailedInstall(errors));
  return code === 0;
}

/**
 * What failed and what to do, below what npm itself has said.
 *
 * @param {string} errors what npm wrote to stderr
 */
export function describeFailedInstall(errors) {
  if (!networkFault.test(errors)) return 'npm ci failed; what it said stands above.';
  return 'npm ci could not reach its registry. See whether this computer is online and whether npm needs a proxy (npm config set https-proxy URL), then run this again.';
}

async function npmCi() {
  const child = start('npm', ci, { stdio: ['inherit', 'inherit', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    process.stderr.write(chunk);
    errors += chunk;
  });
  return { code: await exitCodeOf(child), errors };
}

function hasNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24 || existsSync(join(root, 'node_modules/.bin/node'))) return true;
  console.error(
    `There is no Node 24 package for ${process.platform} on ${process.arch}. Install Node 24 from https://nodejs.org and run this again.`,
  );
  return false;
}
