import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameEntry, sameValue } from '../../../lib/core/changes/same-entry.ts';
import { isJsonObject, type JsonValue, sameJson } from '../../../lib/core/json.ts';

/** What the comparison is defined by: the values with all that is empty taken out. */
function withoutEmpty(value: JsonValue | undefined): JsonValue | undefined {
  if (value === false || value === '' || value === null) return undefined;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => withoutEmpty(item) ?? null);
    return items.length > 0 ? items : undefined;
  }
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).flatMap(([field, item]) => {
    const kept = withoutEmpty(item);
    return kept === undefined ? [] : [[field, kept] as const];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** Small values of few words, so that two of them are often the same, or almost. */
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonValue>(null, '', 'a', 0, 1, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y'), tie('value'), { maxKeys: 2 }),
  ),
}));

describe('two versions of a value', () => {
  it('are the same if they are without what is empty', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(sameValue(one, other)).toBe(sameJson(withoutEmpty(one), withoutEmpty(other)));
        expect(sameValue(one, structuredClone(one))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('differ in the number of empty items, and in nothing that is shown only', () => {
    expect(sameValue([''], [])).toBe(false);
    expect(sameValue([''], [null])).toBe(true);
    const keys = (index: object) => ({ 'api-key-entries': [{ 'api-key': 'sk-1', ...index }] });
    expect(sameEntry(keys({}), keys({ 'auth-index': 'a1', 'proxy-url': '' }))).toBe(true);
  });
});
