import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keysOf, loadedKeysOf, PATCHED_FIELDS } from '../../lib/core/changes/kinds.ts';
import type { ProviderEntry, ProviderKind } from '../../lib/core/changes/provider.ts';
import type { JsonObject, JsonValue } from '../../lib/core/json.ts';
import { erasuresByWriting } from '../../lib/core/server/erasures.ts';
import { type Ask, readScenarios, recordedVersions } from './cliproxyapi-recording.ts';

/** From here on a provider shows no legacy keys any more (recorded on both sides of v6.8.9). */
const LEGACY_UNREAD = ['v6.8.55', 'v6.9.49', 'v6.10.9', 'v7.0.12', 'v7.1.76', 'v7.2.140'];

function scenarioOf(version: string, id: string) {
  const scenario = readScenarios(version).find((one) => one.id === id);
  if (!scenario) throw new Error(`not recorded: ${id}`);
  return scenario;
}

/** The lists of a kind that a scenario's GETs showed, each with its step. */
function listsOf(version: string, kind: ProviderKind, id: string) {
  return scenarioOf(version, id).steps.flatMap(({ ask, answer }, at) => {
    const list = (answer?.body as JsonObject | undefined)?.[kind];
    return ask.method === 'GET' && Array.isArray(list)
      ? [{ at, entries: list as readonly ProviderEntry[] }]
      : [];
  });
}

const config = (version: string, id: string): JsonValue =>
  parse(scenarioOf(version, id).config.replaceAll(/\{\{(\w+)\}\}/g, '1'));

describe.each(recordedVersions())('what CLIProxyAPI %s shows', (version) => {
  it('of legacy keys is what a write would erase', () => {
    const id = 'oc-legacy-api-keys';
    const kind = 'openai-compatibility';
    const shown = listsOf(version, kind, id)[0]?.entries ?? [];
    const erased = erasuresByWriting(config(version, id), { [kind]: shown });
    const masks = LEGACY_UNREAD.includes(version) ? ['••••', '••••'] : [];
    expect(erased.flatMap(({ legacyKeys }) => legacyKeys)).toEqual(masks);
    expect(erased.flatMap(({ fields }) => fields)).toEqual([]);
  });

  it.each(['claude', 'gemini', 'codex'] as const)('of %s keys is one key an entry', (short) => {
    const kind = `${short}-api-key` as const;
    const lists = listsOf(version, kind, `${short}-put`);
    const keyed = lists.flatMap(({ entries }) => entries).filter((e) => keysOf(kind, e).length > 0);
    expect(keyed.length).toBeGreaterThan(3);
    const showsLoaded = keyed.some((entry) => 'auth-index' in entry);
    for (const entry of keyed) {
      const [apiKey = ''] = keysOf(kind, entry);
      expect(loadedKeysOf(kind, entry).has(apiKey)).toBe(showsLoaded);
    }
  });
});

describe.each(['claude', 'gemini', 'codex'] as const)('PATCH of a %s key', (short) => {
  const kind = `${short}-api-key` as const;
  const version = recordedVersions().at(-1) ?? '';
  const { steps } = scenarioOf(version, `${short}-patch`);

  /** The value of a request by place that changes one entry. */
  const sentBy = ({ method, body }: Ask) =>
    method === 'PATCH' ? (body as { value?: JsonObject } | undefined)?.value : undefined;

  it('changes the fields that are sent by it, and ignores the priority', () => {
    const lists = listsOf(version, kind, `${short}-patch`);
    const changed = new Set<string>();
    for (const [before, after] of lists.slice(1).map((list, at) => [lists[at], list] as const)) {
      if (!before) continue;
      const sent = steps.slice(before.at, after.at).map(({ ask }) => sentBy(ask) ?? {});
      for (const field of sent.flatMap((value) => Object.keys(value))) {
        const was = before.entries.map((entry) => JSON.stringify(entry[field]));
        const is = after.entries.map((entry) => JSON.stringify(entry[field]));
        if (was.join() !== is.join()) changed.add(field);
      }
    }
    expect([...PATCHED_FIELDS[kind]].filter((field) => !changed.has(field))).toEqual([]);
    expect(changed).not.toContain('priority');
  });
});
