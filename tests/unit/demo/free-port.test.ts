import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startOnFreePort } from '../../../scripts/demo/free-port.ts';

const servers: Server[] = [];

async function listen(port: number, host?: string): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as { port: number }).port;
}

async function closeAll(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
}

afterEach(closeAll);

const sameNumber = async (port: number) => port;

it('a service starts on its own port if that is free', async () => {
  const port = await listen(0, '127.0.0.1');
  await closeAll();
  expect(await startOnFreePort(port, sameNumber)).toBe(port);
});

it('a service starts on the next port if its own is taken, also on all addresses', async () => {
  for (const host of ['127.0.0.1', undefined]) {
    const taken = await listen(0, host);
    expect(await startOnFreePort(taken, sameNumber)).toBeGreaterThan(taken);
  }
});

it('a service starts on the next port if the system refuses its own', async () => {
  const started = await startOnFreePort(20_000, async (port) => {
    if (port === 20_000) throw Object.assign(new Error(), { code: 'EACCES' });
    return port;
  });
  expect(started).toBeGreaterThan(20_000);
});

it('a service that fails for another reason is not tried on other ports', async () => {
  const tried: number[] = [];
  const start = async (port: number) => {
    tried.push(port);
    throw new Error('no configuration');
  };
  await expect(startOnFreePort(20_000, start)).rejects.toThrow('no configuration');
  expect(tried).toHaveLength(1);
});

it('a person is told which ports are taken, and what to do', async () => {
  const start = async () => {
    throw Object.assign(new Error(), { code: 'EADDRINUSE' });
  };
  await expect(startOnFreePort(20_000, start)).rejects.toThrow(
    'The ports 20000 to 20019 are all taken. End one',
  );
});
