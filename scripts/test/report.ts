import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';

const directory = 'node_modules/.cache/keyferry';

interface Report {
  /** Where a tool shall write it, relative to the repository. */
  path: string;
  /** Undefined if there is none, as when the tool broke off. */
  read: () => unknown;
}

/** A place for a JSON report; one of an earlier run is removed, so that it cannot count for this one. */
export function prepareReport(name: string): Report {
  const path = `${directory}/${name}.json`;
  mkdirSync(join(root, directory), { recursive: true });
  rmSync(join(root, path), { force: true });
  return { path, read: () => readJson(join(root, path)) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
