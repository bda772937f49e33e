// npm test: gets the packages, then runs the suites of scripts/test/suites.ts under the project's own Node.
import { ensurePackages, runScript } from './setup.mjs';

if (await ensurePackages()) {
  process.exitCode = await runScript('scripts/test/main.ts', process.argv.slice(2));
} else {
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
