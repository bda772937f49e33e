import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { init, parse } from 'es-module-lexer';

await init;

/** The scripts that a built page names, as paths in the build. */
export function scriptsOfPage(directory: string, page: string): string[] {
  const html = readFileSync(join(directory, page), 'utf8');
  return [...html.matchAll(/\b(?:src|href)="\/?([^"]+\.js)"/g)].map(([, path = '']) => path);
}

/**
 * `scripts` and all that they import, now or later, and so on: paths in the build.
 *
 * Throws at an import that is computed, for what it loads cannot be known.
 */
export function withImports(directory: string, scripts: readonly string[]): Set<string> {
  const found = new Set(scripts);
  for (const script of found) {
    for (const imported of importsOf(directory, script)) found.add(imported);
  }
  return found;
}

function importsOf(directory: string, script: string): string[] {
  const [imports] = parse(readFileSync(join(directory, script), 'utf8'));
  return imports
    .filter(({ d }) => d !== -2) // -2 is import.meta.
    .map(({ n, ss, se }) => {
      if (n === undefined) throw new Error(`${script} computes an import at ${ss}–${se}.`);
      return n.startsWith('/') ? n.slice(1) : posix.join(posix.dirname(script), n);
    });
}
