import { describe, expect, it } from 'vitest';
import { servingWords } from '../../../lib/core/keys/card-words.ts';
import {
  countServing,
  judgeServing,
  type ServingQuestion,
} from '../../../lib/core/models/serving.ts';

const ask = (over: Partial<ServingQuestion>) =>
  judgeServing({
    provider: 'Relay A',
    prefix: '',
    aliases: ['gpt-5'],
    listed: [{ id: 'gpt-5', ownedBy: 'Relay A' }],
    others: new Map(),
    hasHiddenOffers: false,
    ...over,
  });

describe('serving', () => {
  it('is said of an id that only this provider offers', () => {
    expect(ask({})).toEqual({ serving: ['gpt-5'], pooled: [], unsure: [], missing: [] });
  });

  it('is a pool where another provider offers the id', () => {
    expect(ask({ others: new Map([['gpt-5', ['Relay B', 'Relay B']]]) })).toMatchObject({
      serving: [],
      pooled: [{ id: 'gpt-5', with: ['Relay B'] }],
    });
  });

  it('names a few of the many that may offer an id, and says that there are more', () => {
    const many = Array.from({ length: 9 }, (_, at) => `Relay ${at}`);
    const { pooled } = ask({ others: new Map([['gpt-5', many]]) });
    expect(pooled).toEqual([
      { id: 'gpt-5', with: ['Relay 0', 'Relay 1', 'Relay 2'], andMore: true },
    ]);
  });

  it('is a pool where the server lists the id as someone else’s', () => {
    expect(ask({ listed: [{ id: 'gpt-5', ownedBy: 'openai' }] })).toMatchObject({
      pooled: [{ with: ['openai'] }],
    });
  });

  it('is not claimed while accounts could offer the id too', () => {
    expect(ask({ hasHiddenOffers: true })).toMatchObject({ serving: [], unsure: ['gpt-5'] });
  });

  it('is missing where the server does not list the id', () => {
    expect(ask({ listed: [] })).toMatchObject({ missing: ['gpt-5'] });
  });

  it('is looked for under the provider’s prefix', () => {
    const listed = [{ id: 'team/gpt-5', ownedBy: 'Relay A' }];
    expect(ask({ prefix: 'team', listed })).toMatchObject({ serving: ['team/gpt-5'] });
    expect(ask({ prefix: 'team' })).toMatchObject({ missing: ['team/gpt-5'] });
  });

  it('judges an alias once, however often the provider has it', () => {
    expect(ask({ aliases: ['gpt-5', 'gpt-5'] }).serving).toHaveLength(1);
  });
});

describe('what clients get, in numbers', () => {
  it('names each provider once that shares models', () => {
    const counts = countServing({
      serving: ['a'],
      pooled: [
        { id: 'b', with: ['One', 'Two'] },
        { id: 'c', with: ['Two'] },
      ],
      unsure: [],
      missing: ['d', 'e', 'f'],
    });
    expect(counts).toEqual({
      serving: 1,
      pooled: 2,
      unsure: 0,
      missing: 3,
      others: ['One', 'Two'],
    });
  });

  it('names a few of many, and says that there are more', () => {
    const pooled = ['One', 'Two', 'Three', 'Four'].map((name) => ({ id: name, with: [name] }));
    const counts = countServing({ serving: [], pooled, unsure: [], missing: [] });
    expect(counts).toMatchObject({ others: ['One', 'Two', 'Three'], andMore: true });
    expect(servingWords(counts)).toMatchObject({ values: { others: 'One, Two, Three, …' } });
  });
});
