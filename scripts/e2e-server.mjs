// npm run e2e:server: the tests of the Chromium suite that are marked @server, against a real CLIProxyAPI, which they write to.
import { runWithPackages } from './setup.mjs';

const missing = ['CLIPROXYAPI_URL', 'CLIPROXYAPI_MANAGEMENT_KEY'].filter(
  (name) => !process.env[name],
);

if (missing.length > 0) {
  console.error(
    `Set ${missing.join(' and ')}: the server that the tests may write to, such as http://127.0.0.1:8317, and its plain management key.`,
  );
  process.exitCode = 1;
} else {
  process.exitCode = await runWithPackages('scripts/test/main.ts', ['chromium']);
}
