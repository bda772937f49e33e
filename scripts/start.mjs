// npm start: Keyferry in a real browser, with a server and sample keys to try it on.
import { runWithPackages } from './setup.mjs';

process.exitCode = await runWithPackages('scripts/demo/main.ts', process.argv.slice(2));
