import { drive } from './drive.ts';
import { type Demo, prepare } from './prepare.ts';
import { readRequest } from './request.ts';
import { Trouble } from './trouble.ts';
import { describeClicks, describeRemains, describeScene } from './words.ts';

// npm start: the main job on sample keys. With a display the person clicks, without one the demo does.

const interruption = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
});
const cleanup = new AsyncDisposableStack();
const exitCode = await demonstrate().then(() => 0, tell);
await cleanup.disposeAsync();
// Not left to end by itself: where it was interrupted, a browser may be starting yet.
process.exit(exitCode);

async function demonstrate(): Promise<void> {
  const { env, platform } = process;
  const request = readRequest({ args: process.argv.slice(2), env, platform });
  const demo = await unlessInterrupted(prepare(request, cleanup));
  console.log(describeScene(demo));
  if (request.mode === 'driven') {
    await unlessInterrupted(drive(demo));
  } else {
    console.log(describeClicks(demo));
    await Promise.race([whenClosed(demo), interruption]);
  }
  if (request.ownServer) await tellWhatRemains(demo);
}

function unlessInterrupted<Value>(work: Promise<Value>): Promise<Value> {
  const interrupted = interruption.then(() => Promise.reject(new Trouble('Interrupted.')));
  return Promise.race([work, interrupted]);
}

/** Resolves when the last tab is gone. On macOS the browser itself stays. */
function whenClosed({ context }: Demo): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (context.pages().length === 0) resolve();
    };
    for (const page of context.pages()) page.on('close', look);
    context.on('page', (page) => page.on('close', look));
    context.on('close', () => resolve());
  });
}

async function tellWhatRemains({ server, keys }: Demo): Promise<void> {
  const isOurs = (baseUrl: string) => keys.some((key) => baseUrl.startsWith(key.baseUrl));
  const ours = (await server.providers()).filter((provider) => isOurs(provider['base-url']));
  if (ours.length > 0) {
    console.log(
      describeRemains(
        server.url,
        ours.map(({ name }) => name),
      ),
    );
  }
}

function tell(error: unknown): number {
  console.error(error instanceof Trouble ? error.message : error);
  return 1;
}
