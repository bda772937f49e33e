import { describe, expect, it } from 'vitest';
import {
  describeClicks,
  describeManualLoading,
  describeProviders,
  describeScene,
  type Scene,
} from '../../../scripts/demo/words.ts';

const scene: Scene = {
  browser: { name: 'Chromium', path: '/usr/bin/chromium' },
  server: { url: 'http://127.0.0.1:8318', clientKey: 'client-key' },
  configPath: '/tmp/demo/config.yaml',
  keys: [
    { name: 'a', apiKey: 'sk-a', baseUrl: 'http://127.0.0.1:1' },
    { name: 'b', apiKey: 'sk-b', baseUrl: 'http://127.0.0.1:1' },
    { name: 'c', apiKey: 'sk-c', baseUrl: 'http://127.0.0.1:2' },
  ],
};

describe('the demo', () => {
  it('says what runs where', () => {
    expect(describeScene(scene)).toBe(
      `Keyferry runs in Chromium (/usr/bin/chromium), in a profile of its own.
Server: http://127.0.0.1:8318, a stand-in for CLIProxyAPI, which keeps its providers in /tmp/demo/config.yaml
Sample relays: http://127.0.0.1:1 and http://127.0.0.1:2`,
    );
    expect(describeScene({ ...scene, configPath: undefined })).toContain(
      '8318, your CLIProxyAPI\n',
    );
  });

  it('gives a command for a chat that can be pasted', () => {
    expect(describeClicks(scene)).toContain(
      `curl http://127.0.0.1:8318/v1/chat/completions -H 'Authorization: Bearer client-key' -H`,
    );
    const server = { url: 'http://nas:8317', clientKey: undefined };
    expect(describeClicks({ server, configPath: undefined })).toContain("completions -H 'Content");
  });

  it('prints no client key of the person’s own', () => {
    expect(describeClicks({ ...scene, configPath: undefined })).not.toContain('client-key');
  });

  it('lists providers with their keys masked', () => {
    const provider = {
      name: 'Harbor',
      'base-url': 'http://127.0.0.1:1/v1',
      'api-key-entries': [{ 'api-key': 'sk-harbor-0123456789' }],
      models: [
        { name: 'gpt-5', alias: 'gpt-5' },
        { name: 'kimi-k2', alias: 'kimi-k2' },
      ],
    };
    expect(describeProviders('After', [provider, { name: 'Bare', 'base-url': 'http://b' }])).toBe(
      `After:
- Harbor, http://127.0.0.1:1/v1, 1 key (sk-har••••6789), 2 models
- Bare, http://b, 0 keys, 0 models`,
    );
    expect(describeProviders('Before', [])).toBe('Before: none');
  });

  it('says how to load the extension by hand, and why', () => {
    const words = describeManualLoading('Google Chrome', '/k/.output/chrome-mv3', 'Not allowed.');
    expect(words).toMatch(/^Google Chrome did not take the extension: Not allowed\./);
    expect(words).toContain('chrome://extensions');
    expect(words).toContain('choose /k/.output/chrome-mv3');
  });
});
