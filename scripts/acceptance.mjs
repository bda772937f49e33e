// npm run acceptance: which tests prove which row of tests/acceptance-table.md.
import { runWithPackages } from './setup.mjs';

process.exitCode = await runWithPackages('scripts/acceptance/main.ts', process.argv.slice(2));
