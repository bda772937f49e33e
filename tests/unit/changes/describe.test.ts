import { describe, expect, it } from 'vitest';
import { changeLines, planDiff } from '../../../lib/core/changes/describe.ts';
import type { Plan, Step } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';

const KEY = 'sk-relay-0123456789abcd';

const relay = (name: string, over: ProviderEntry = {}): ProviderEntry => ({
  name,
  'base-url': `https://${name.toLowerCase()}.example/v1`,
  'api-key-entries': [{ 'api-key': KEY }],
  models: [{ name: 'm', alias: 'm' }],
  ...over,
});

const [A, B] = [relay('A'), relay('B')];

const plan = (...steps: Omit<Step, 'reasons'>[]): Plan => ({
  kind: 'openai-compatibility',
  steps: steps.map((step) => ({ ...step, reasons: ['undo'] })),
});

const signs = (entries: readonly ProviderEntry[], made: Plan, isNamed = false) =>
  changeLines(entries, made, { isNamed }).map(({ sign, what }) => `${sign} ${what}`);

describe('a plan in words', () => {
  const keyGone = plan({ at: 0, before: A, after: { ...A, 'api-key-entries': [] } });

  it('names the only provider that changes where nothing else does', () => {
    expect(signs([A, B], keyGone)).toEqual(['- keys', '= entry']);
    expect(signs([A, B], keyGone, true)).toEqual(['~ provider', '- keys', '= entry']);
  });

  it('says of a provider that goes how many stay', () => {
    expect(signs([A, B], plan({ at: 0, before: A }))).toEqual([
      '- provider',
      '- keys',
      '- models',
      '= list',
    ]);
  });

  it('tells of a key or a model that stays and is changed in itself, secrets masked', () => {
    const weighted = { ...A, 'api-key-entries': [{ 'api-key': KEY, weight: 2 }] };
    const lines = changeLines([A], plan({ at: 0, before: A, after: weighted }));
    expect(lines[0]).toEqual({
      sign: '~',
      what: 'field',
      field: 'api-key-entries',
      from: '{"api-key":"sk-rel••••abcd"}',
      to: '{"api-key":"sk-rel••••abcd","weight":2}',
    });
  });
});

describe('the difference of a plan as JSON', () => {
  it('shows lists that go line by line, as those that come', () => {
    const texts = (steps: Plan) => planDiff(steps).map(({ sign, text }) => `${sign}${text}`);
    const gone = texts(plan({ at: 0, before: A }));
    expect(gone).toContain('-  {"api-key": "sk-rel••••abcd"}');
    expect(texts(plan({ at: 0, after: A }))).toEqual(gone.map((line) => `+${line.slice(1)}`));
  });

  it('names the providers where they are several', () => {
    const both = planDiff(plan({ at: 0, before: A }, { at: 1, before: B }));
    expect(both.filter(({ text }) => text.startsWith('//')).map(({ text }) => text)).toEqual([
      '// A',
      '// B',
    ]);
  });
});
