/** A relay of the demo, with models as a real one lists them. */
export interface SampleRelay {
  models: readonly string[];
  keys: readonly SampleKey[];
}

/** What stands on a card. */
export interface SampleKey {
  name: string;
  apiKey: string;
}

/** Two relays and three keys: a provider that is new, a key for one that is there, another new one. */
export const SAMPLE_RELAYS: readonly SampleRelay[] = [
  {
    models: ['claude-haiku-4-5', 'claude-sonnet-4-5', 'gpt-5', 'gpt-5-mini'],
    keys: [
      { name: 'Harbor', apiKey: 'sk-harbor-7Qm2xV9pLr4TzK8wHd3C' },
      { name: 'Harbor spare', apiKey: 'sk-harbor-Ye5NbW1sGf6JuA0cRt9M' },
    ],
  },
  {
    models: ['deepseek-v3.2', 'glm-4.6', 'kimi-k2', 'qwen3-coder-plus'],
    keys: [{ name: 'Lagoon', apiKey: 'sk-lagoon-3ZkD8vXq6BhPn2LyEa7S' }],
  },
];

export const STAND_IN_VERSION = '7.2.140';
export const MANAGEMENT_KEY = 'demo-management-key';
export const CLIENT_KEY = 'demo-client-key';

/** What the stand-in begins with: no provider. */
export const configOf = (port: number): string => `# CLIProxyAPI of the Keyferry demo
port: ${port}
remote-management:
  secret-key: "${MANAGEMENT_KEY}"
api-keys:
  - "${CLIENT_KEY}" # what tools send to this server
`;
