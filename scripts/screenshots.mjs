// npm run screenshots: the pictures of README.md, taken anew of Keyferry at work.
import { runWithPackages } from './setup.mjs';

process.exitCode = await runWithPackages('scripts/screenshots/main.ts', process.argv.slice(2));
