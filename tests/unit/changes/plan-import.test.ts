import { describe, expect, it } from 'vitest';
import type { ImportWish } from '../../../lib/core/changes/import.ts';
import { applyPlan } from '../../../lib/core/changes/plan.ts';
import { planImport } from '../../../lib/core/changes/plan-import.ts';
import type {
  ProviderEntry,
  ProviderKind,
  ProviderLists,
} from '../../../lib/core/changes/provider.ts';

const GPT = [{ upstream: 'gpt-5', alias: 'gpt-5' }];
let made = 0;

const wish = (over: Partial<ImportWish> = {}): ImportWish => {
  made += 1;
  return {
    id: `wish-${made}`,
    kind: 'openai-compatibility',
    apiKey: 'sk-new',
    name: 'Relay A',
    baseUrl: 'https://relay.example/v1',
    models: GPT,
    answers: {},
    ...over,
  };
};

const provider = (over: ProviderEntry = {}): ProviderEntry => ({
  name: 'Relay A',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-old', weight: 3 }],
  models: [{ name: 'gpt-5', alias: 'gpt-5' }],
  ...over,
});

const plan = (lists: ProviderLists, ...wishes: ImportWish[]) =>
  planImport(lists, wishes, { takesOverCodex: false });

const openai = (...entries: ProviderEntry[]): ProviderLists => ({
  'openai-compatibility': entries,
});

/** The list of a kind once the plan is carried out. */
function listAfter(kind: ProviderKind, lists: ProviderLists, ...wishes: ImportWish[]) {
  const own = plan(lists, ...wishes).plans.find((one) => one.kind === kind);
  return applyPlan(lists[kind] ?? [], own ?? { kind, steps: [] });
}

describe('a plan for many keys', () => {
  it('makes one provider of a relay’s keys, and one plan for each list', () => {
    const keys = ['sk-2', 'sk-1', 'sk-3'].map((apiKey) => wish({ apiKey }));
    const claude = wish({ kind: 'claude-api-key', apiKey: 'sk-ant', baseUrl: '', models: [] });
    const { plans, placements, open } = plan({}, ...keys, claude);
    expect(plans).toMatchObject([
      {
        kind: 'openai-compatibility',
        steps: [
          {
            at: 0,
            reasons: ['create-provider'],
            after: {
              'api-key-entries': [
                { 'api-key': 'sk-1' },
                { 'api-key': 'sk-2' },
                { 'api-key': 'sk-3' },
              ],
            },
          },
        ],
      },
      { kind: 'claude-api-key', steps: [{ at: 0, after: { 'api-key': 'sk-ant' } }] },
    ]);
    expect(placements.map(({ id }) => id)).toEqual([...keys, claude].map(({ id }) => id));
    expect(open).toEqual([]);
  });

  it('gives equal wishes the same placement', () => {
    const twins = [wish(), wish({ baseUrl: 'https://RELAY.example/' })];
    const { placements } = plan(openai(provider()), ...twins);
    expect(placements).toMatchObject([
      { id: twins[0]?.id, outcome: 'added', label: 'Relay A' },
      { id: twins[1]?.id, outcome: 'added', label: 'Relay A' },
    ]);
    expect(listAfter('openai-compatibility', openai(provider()), ...twins)).toMatchObject([
      { 'api-key-entries': [{ 'api-key': 'sk-old' }, { 'api-key': 'sk-new' }] },
    ]);
  });

  it('[H-18] [H-19] goes on with the others where one has to be asked about', () => {
    const twins = openai(provider(), provider({ name: 'Backup' }));
    const asked = wish();
    const other = wish({ apiKey: 'sk-2', baseUrl: 'https://other.example/v1', name: 'Other' });
    const { plans, placements, open } = plan(twins, asked, other);
    expect(open).toMatchObject([
      {
        id: asked.id,
        decisions: [
          { code: 'several-providers', candidates: [{ name: 'Relay A' }, { name: 'Backup' }] },
        ],
      },
    ]);
    expect(placements).toMatchObject([{ id: other.id, outcome: 'created' }]);
    expect(plans).toMatchObject([{ steps: [{ at: 2, after: { name: 'Other' } }] }]);
  });

  it('places a key that stands already though its provider needs a decision for another', () => {
    const bare = openai(provider({ models: [] }));
    const [there, fresh] = [wish({ apiKey: 'sk-old' }), wish()];
    expect(plan(bare, there, fresh)).toMatchObject({
      plans: [],
      placements: [{ id: there.id, outcome: 'already-there' }],
      open: [{ id: fresh.id, decisions: [{ code: 'no-models', exists: true }] }],
    });
  });

  it('takes the models of one key of a relay for all, and waits where none has been read', () => {
    const unread = wish({ apiKey: 'sk-2', models: undefined });
    expect(plan({}, wish(), unread)).toMatchObject({ open: [] });
    expect(plan({}, unread)).toMatchObject({
      plans: [],
      open: [{ id: unread.id, needs: 'models' }],
    });
  });

  it('looks again at what waits: what one key brings may answer the question of another', () => {
    const aliased = (upstream: string) => [{ upstream, alias: 'fast' }];
    const lists = {
      'codex-api-key': [{ 'api-key': 'sk-codex', 'base-url': 'https://c.example/v1' }],
    };
    const wishes = [
      wish({ apiKey: 'sk-both', models: undefined }),
      wish({ apiKey: 'sk-codex', models: aliased('gpt-5') }),
      wish({ apiKey: 'sk-both', name: 'Other', baseUrl: 'https://other.example/v1' }),
      wish({ apiKey: 'sk-3', models: aliased('kimi-k2') }),
    ];
    // First `sk-both` waits with `sk-3`; once it stands at the other relay it is asked about alone.
    expect(plan(lists, ...wishes)).toMatchObject({
      placements: [{ id: wishes[2]?.id }, { id: wishes[3]?.id }],
      open: [
        { id: wishes[0]?.id, decisions: [{ code: 'key-elsewhere' }] },
        { id: wishes[1]?.id, decisions: [{ code: 'key-elsewhere' }] },
      ],
    });
  });

  it('joins those who are sent to one provider with those who belong there', () => {
    const [own, sent] = [
      wish(),
      wish({
        apiKey: 'sk-sent',
        baseUrl: 'https://mirror.example/v1',
        answers: { provider: { name: 'Relay A', baseUrl: 'https://relay.example/v1' } },
      }),
    ];
    expect(plan(openai(provider()), own, sent).plans).toMatchObject([
      { steps: [{ at: 0, reasons: ['add-keys'] }] },
    ]);
  });
});

describe('a key that stands elsewhere', () => {
  const elsewhere = provider({ name: 'Mirror', 'base-url': 'https://mirror.example/v1' });
  const lists = openai(elsewhere);
  const doubled = (keyElsewhere?: 'leave' | 'add') =>
    wish({ apiKey: 'sk-old', answers: { keyElsewhere } });

  it('[H-20] is asked about, under whatever provider it is', () => {
    expect(plan(lists, doubled())).toMatchObject({
      plans: [],
      open: [
        {
          decisions: [
            {
              code: 'key-elsewhere',
              holders: [{ kind: 'openai-compatibility', label: 'Mirror', disabled: false }],
            },
          ],
        },
      ],
    });
  });

  it('is asked about if another kind has it', () => {
    const claude = {
      'api-key': 'sk-old',
      'base-url': 'https://relay.example',
      'excluded-models': ['*'],
    };
    expect(plan({ 'claude-api-key': [claude] }, doubled())).toMatchObject({
      open: [
        {
          decisions: [
            {
              holders: [{ kind: 'claude-api-key', label: 'relay.example · ••••', disabled: true }],
            },
          ],
        },
      ],
    });
  });

  it('is left there, or added all the same', () => {
    expect(plan(lists, doubled('leave'))).toMatchObject({
      plans: [],
      placements: [{ provider: { name: 'Mirror' }, outcome: 'already-there' }],
    });
    expect(plan(lists, doubled('add'))).toMatchObject({
      placements: [{ provider: { name: 'Relay A' }, outcome: 'created' }],
    });
  });
});

describe('a provider that is switched off', () => {
  const off = openai(provider({ disabled: true }));
  const said = (disabledProvider?: 'leave-off' | 'switch-on') =>
    wish({ answers: { disabledProvider } });

  it('is asked about before it gets a key', () => {
    expect(plan(off, said())).toMatchObject({
      plans: [],
      open: [{ decisions: [{ code: 'provider-disabled', provider: 'Relay A' }] }],
    });
    expect(plan(off, wish({ apiKey: 'sk-old' }))).toMatchObject({
      placements: [{ outcome: 'already-there', disabled: true }],
    });
  });

  it('gets the key and stays off, or is switched on', () => {
    expect(plan(off, said('leave-off'))).toMatchObject({
      plans: [{ steps: [{ reasons: ['add-keys'], after: { disabled: true } }] }],
      placements: [{ outcome: 'added', disabled: true }],
    });
    expect(plan(off, said('switch-on'))).toMatchObject({
      plans: [{ steps: [{ reasons: ['add-keys', 'switch-on'], after: { disabled: false } }] }],
      placements: [{ outcome: 'added', disabled: false }],
    });
  });

  it('asks about all aliases that it would offer again', () => {
    const other = provider({
      name: 'Other',
      'base-url': 'https://other.example/v1',
      models: [{ name: 'openai/gpt-5', alias: 'gpt-5' }],
    });
    const lists = openai(provider({ disabled: true }), other);
    expect(plan(lists, said('leave-off')).open).toEqual([]);
    expect(plan(lists, said('switch-on'))).toMatchObject({
      open: [{ decisions: [{ code: 'alias-taken', conflicts: [{ provider: 'Other' }] }] }],
    });
  });
});

describe('an alias', () => {
  const claude = {
    'api-key': 'sk-ant-one',
    'base-url': 'https://claude.example',
    models: [{ name: 'claude-up', alias: 'gpt-5' }],
  };

  it('[H-23] is asked about if another kind has it for another model', () => {
    expect(plan({ 'claude-api-key': [claude] }, wish())).toMatchObject({
      open: [
        {
          decisions: [
            {
              code: 'alias-taken',
              conflicts: [
                {
                  alias: 'gpt-5',
                  wanted: 'gpt-5',
                  upstream: 'claude-up',
                  provider: 'claude.example · ••••',
                },
              ],
            },
          ],
        },
      ],
    });
    const off = { ...claude, 'excluded-models': ['*'] };
    expect(plan({ 'claude-api-key': [off] }, wish()).open).toEqual([]);
  });

  it('is asked about for the second of two relays of one batch', () => {
    const first = wish();
    const second = wish({
      apiKey: 'sk-2',
      name: 'Other',
      baseUrl: 'https://zzz.example/v1',
      models: [{ upstream: 'openai/gpt-5', alias: 'gpt-5' }],
    });
    for (const wishes of [
      [first, second],
      [second, first],
    ]) {
      expect(plan({}, ...wishes)).toMatchObject({
        placements: [{ id: first.id }],
        open: [{ id: second.id, decisions: [{ conflicts: [{ provider: 'Relay A' }] }] }],
      });
    }
  });

  it('is offered with and without a prefix, or only with it where that is forced', () => {
    const team = provider({
      name: 'Team',
      'base-url': 'https://team.example/v1',
      prefix: 'team',
      models: [{ name: 'other', alias: 'gpt-5' }],
    });
    const planned = (forcesPrefix: boolean, alias: string) =>
      planImport(openai(team), [wish({ models: [{ upstream: 'gpt-5', alias }] })], {
        takesOverCodex: false,
        forcesPrefix,
      });
    expect(planned(false, 'gpt-5').open).toHaveLength(1);
    expect(planned(false, 'team/gpt-5').open).toHaveLength(1);
    expect(planned(true, 'gpt-5').open).toEqual([]);
    expect(planned(true, 'team/gpt-5').open).toHaveLength(1);
  });
});

describe.each(['claude-api-key', 'gemini-api-key', 'codex-api-key'] as const)(
  'a key for %s',
  (kind) => {
    const site = { 'claude-api-key': '', 'gemini-api-key': '', 'codex-api-key': '/v1' }[kind];
    const baseUrl = `https://relay.example${site}`;
    const there = { 'api-key': 'sk-old', 'base-url': `https://RELAY.example${site}/`, priority: 4 };
    const lists = { [kind]: [there] };
    const key = (over: Partial<ImportWish> = {}) =>
      wish({ kind, baseUrl, models: undefined, ...over });

    it('is an entry of its own, without a name, and models only if some were chosen', () => {
      expect(listAfter(kind, lists, key())).toEqual([
        there,
        { 'api-key': 'sk-new', 'base-url': baseUrl },
      ]);
      expect(listAfter(kind, {}, key({ models: GPT }))).toEqual([
        { 'api-key': 'sk-new', 'base-url': baseUrl, models: [{ name: 'gpt-5', alias: 'gpt-5' }] },
      ]);
    });

    it('is left alone where it stands already, however its base URL is written', () => {
      expect(plan(lists, key({ apiKey: 'sk-old' }))).toMatchObject({
        plans: [],
        placements: [{ kind, outcome: 'already-there', label: 'relay.example · ••••' }],
      });
    });

    it('is asked about where another site of the kind has it', () => {
      expect(plan(lists, key({ apiKey: 'sk-old', baseUrl: 'https://b.example' }))).toMatchObject({
        open: [{ decisions: [{ code: 'key-elsewhere', holders: [{ kind }] }] }],
      });
    });
  },
);

describe('a key for the vendor’s own API', () => {
  it('has no base URL where the server takes a missing one for it, and is the same with one', () => {
    const official = wish({
      kind: 'claude-api-key',
      apiKey: 'sk-ant-one',
      baseUrl: '',
      models: [],
    });
    expect(listAfter('claude-api-key', {}, official)).toEqual([{ 'api-key': 'sk-ant-one' }]);
    const stored = { 'api-key': 'sk-ant-one', 'base-url': 'https://api.anthropic.com/' };
    expect(plan({ 'claude-api-key': [stored] }, official).plans).toEqual([]);
  });

  it('has one where an entry without would be dropped', () => {
    const codex = wish({ kind: 'codex-api-key', baseUrl: '', models: [] });
    expect(listAfter('codex-api-key', {}, codex)).toEqual([
      { 'api-key': 'sk-new', 'base-url': 'https://api.openai.com/v1' },
    ]);
  });
});

describe('the work of planning', () => {
  /** How often fields of entries and wishes are looked at. */
  function looks(size: number): number {
    let count = 0;
    const counted = <Value extends object>(value: Value): Value =>
      new Proxy(value, {
        get: (of, field) => {
          count += 1;
          return Reflect.get(of, field);
        },
      });
    const entries = Array.from({ length: size }, (_, at) =>
      counted(provider({ name: `Relay ${at}`, 'base-url': `https://relay-${at}.example/v1` })),
    );
    const wishes = Array.from({ length: size * 10 }, (_, at) =>
      counted(
        wish({
          apiKey: `sk-${at}`,
          name: 'my key',
          baseUrl: `https://relay-${at % (2 * size)}.example/v1`,
          answers: { keyElsewhere: 'add' },
        }),
      ),
    );
    plan(openai(...entries), ...wishes);
    return count;
  }

  it('grows with the keys and providers, and no faster', () => {
    expect(looks(80) / looks(40)).toBeLessThan(2.1);
  });
});
