// npm run bench: how fast Keyferry is, as tables and as JSON (docs/bench.md). `npm run bench -- planning` is one part alone.
import { runWithPackages } from './setup.mjs';

process.exitCode = await runWithPackages('tests/bench/main.ts', process.argv.slice(2));
