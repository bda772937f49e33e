import { describe, expect, it } from 'vitest';
import { readRequest } from '../../../scripts/demo/request.ts';

const linux = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  readRequest({ args, env, platform: 'linux' });

describe('npm start', () => {
  it('opens a window where there is a display', () => {
    expect(linux([], { DISPLAY: ':0' }).mode).toBe('window');
    expect(linux([], { WAYLAND_DISPLAY: 'wayland-0' }).mode).toBe('window');
    expect(readRequest({ args: [], env: {}, platform: 'darwin' }).mode).toBe('window');
  });

  it('clicks itself without a display, or when asked to', () => {
    expect(linux([]).mode).toBe('driven');
    expect(linux(['--headless'], { DISPLAY: ':0' }).mode).toBe('driven');
  });

  it.each([['--hedless'], ['headless'], ['--headless=yes']])('knows no option %s', (option) => {
    expect(() => linux([option])).toThrow('npm start knows -- --headless');
  });
});

describe('the server of npm start', () => {
  const own = (CLIPROXYAPI_URL: string, CLIPROXYAPI_MANAGEMENT_KEY: string) =>
    linux([], { CLIPROXYAPI_URL, CLIPROXYAPI_MANAGEMENT_KEY }).ownServer;

  it('is the stand-in, unless one is named', () => {
    expect(linux([]).ownServer).toBeUndefined();
    expect(own('', '')).toBeUndefined();
  });

  it('is the one that the environment names, in whatever form', () => {
    const server = { url: 'http://nas:8317', managementKey: 'secret' };
    expect(own('http://nas:8317', 'secret')).toEqual(server);
    expect(own('nas:8317/v0/management/', 'secret')).toEqual(server);
  });

  it('is not guessed from half of what it takes', () => {
    expect(() => own('http://nas:8317', '')).toThrow('set CLIPROXYAPI_MANAGEMENT_KEY too');
    expect(() => own('', 'secret')).toThrow('set CLIPROXYAPI_URL too');
    expect(() => own('http://', 'secret')).toThrow('CLIPROXYAPI_URL is no address: http://');
  });
});
