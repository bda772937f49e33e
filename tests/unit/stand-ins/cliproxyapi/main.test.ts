import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../../stand-ins/cliproxyapi/main.ts', import.meta.url));

it.each([
  ['--confg', 'x'],
  ['--version', '7.2.140'],
  ['--version', '7.2.140', '--config', '/no/such/file'],
])('ends with a message and the usage for %s %s', (...options) => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...options], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('usage: npm run stand-in');
});
