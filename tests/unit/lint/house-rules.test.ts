import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawful, violations } from './planted.ts';

interface Diagnostic {
  code: string;
  filename: string;
  severity: string;
}

const rooms = ['lib', 'components', 'entrypoints', 'tests'];
const root = resolve(import.meta.dirname, '../../..');
let project: string;
let diagnostics: Diagnostic[];

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'keyferry-lint-'));
  for (const part of ['.oxlintrc.json', 'package.json', 'scripts/lint']) {
    cpSync(join(root, part), join(project, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  for (const [, path, text] of [...lawful, ...Object.values(violations).flat()]) plant(path, text);
  diagnostics = lint();
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function lint(): Diagnostic[] {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', ...rooms], {
    cwd: project,
    encoding: 'utf8',
  });
  return JSON.parse(stdout).diagnostics;
}

function rulesBrokenBy(path: string): string[] {
  return diagnostics
    .filter(({ filename, severity }) => filename === path && severity === 'error')
    .map(({ code }) => code);
}

describe('the lint', () => {
  describe.each(Object.entries(violations))('with %s', (rule, planted) => {
    it.each(planted)('finds %s', (_what, path) => {
      expect(rulesBrokenBy(path)).toEqual([rule]);
    });
  });

  it.each(lawful)('has nothing against %s', (_what, path) => {
    expect(rulesBrokenBy(path)).toEqual([]);
  });
});
