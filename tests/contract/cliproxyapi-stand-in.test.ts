import { describe, expect, it } from 'vitest';
import { readScenarios, recordedVersions } from './cliproxyapi-recording.ts';
import { replay } from './cliproxyapi-replay.ts';

describe('the stand-in of CLIProxyAPI', () => {
  const patience = { timeout: 60_000 };

  it.each(recordedVersions())('answers as the real one, version %s', patience, async (version) => {
    const differences: string[] = [];
    for (const scenario of readScenarios(version)) {
      differences.push(...(await replay(scenario, version)));
    }
    expect(differences).toEqual([]);
  });
});
