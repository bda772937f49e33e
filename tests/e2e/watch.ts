import type { BrowserContext } from '@playwright/test';

/** What every secret of the tests looks like, see `keyferry.ts` and `server-under-test.ts`. */
const SECRET = /sk-test-|(management|client)-key-of-the-tests/;

/** What the browser itself says of a request that a test lets fail. */
const FAILED_REQUEST = /^Failed to load resource|has been blocked by CORS policy/;

/**
 * Writes down what must not happen in any test: an error on a console, a page's or the
 * worker's, a breach of the content security policy, a secret on a console or in the
 * address of a request. Empty as long as all is well.
 */
export async function watch(context: BrowserContext): Promise<string[]> {
  const troubles: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`securitypolicyviolation: ${violatedDirective} ${blockedURI}`),
    );
  });
  context.on('console', (message) => {
    const isError = message.type() === 'error' && !FAILED_REQUEST.test(message.text());
    if (isError || SECRET.test(message.text())) troubles.push(message.text());
  });
  context.on('weberror', (thrown) => troubles.push(String(thrown.error())));
  context.on('request', (request) => {
    const url = decodeURIComponent(request.url());
    if (SECRET.test(url)) troubles.push(`A secret in ${url}`);
  });
  return troubles;
}
