import { describe, expect, it } from 'vitest';
import { modelsOfReply } from '../../lib/edges/relay-wire.ts';
import { readExchanges, readModelLists, readVendorAnswers } from './relay-recording.ts';

interface Answered {
  title: string;
  status: number;
  contentType: string;
  body: unknown;
}

const ofPrograms = readModelLists().map(({ program, name, ...answer }) => ({
  title: `${program}: ${name}`,
  ...answer,
}));

const ofNewApi = readExchanges('new-api-2026-08')
  .filter(({ request }) => request.method === 'GET' && /^(\/v1)?\/models$/.test(request.path))
  .filter(({ request }) => Object.keys(request.headers ?? {}).join() === 'Authorization')
  .map(({ name, response }) => ({
    title: `new-api-2026-08: ${name}`,
    status: response.status,
    contentType: response.headers['Content-Type'] ?? '',
    body: response.body,
  }));

const ofVendors = readVendorAnswers().map(({ provider, name, status, headers, body }) => ({
  title: `${provider}: ${name}`,
  status,
  contentType: headers['Content-Type'] ?? '',
  body,
}));

const understand = ({ status, contentType, body }: Answered) =>
  modelsOfReply({
    status,
    contentType,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const recorded = [...ofPrograms, ...ofNewApi, ...ofVendors];
const isPage = ({ contentType, status }: Answered) =>
  contentType.startsWith('text/html') && status !== 404;
const withStatus = (status: number) =>
  recorded.filter((answer) => answer.status === status && !isPage(answer));

/** Ids in a recorded list, in the two shapes that were seen. */
const idsIn = (body: unknown): string[] =>
  ((body as { data: { id: string }[] }).data ?? []).map(({ id }) => id);

describe('what a relay answered for its model list', () => {
  const [full, none] = [true, false].map((hasModels) =>
    withStatus(200).filter(({ body }) => idsIn(body).length > 0 === hasModels),
  );

  it('was recorded of many', () => {
    expect([recorded.length, full?.length, none?.length]).toEqual([133, 23, 5]);
  });

  it.each(full ?? [])('is read whole and in its order: $title', (answer) => {
    expect(understand(answer)).toEqual({ ok: true, value: idsIn(answer.body) });
  });

  it.each(none ?? [])('is no list without a model in it: $title', (answer) => {
    expect(understand(answer)).toEqual({ ok: false, failure: { code: 'relay/no-models' } });
  });

  it.each(recorded.filter(isPage))('is a page and no list: $title', (answer) => {
    expect(understand(answer)).toEqual({ ok: false, failure: { code: 'relay/html' } });
  });

  it.each([
    [401, 'relay/wrong-key'],
    [403, 'relay/forbidden'],
    [404, 'relay/not-found'],
    [429, 'relay/rate-limited'],
  ])('with status %i is %s, whatever it says', (status, code) => {
    const answers = withStatus(status);
    expect(answers).not.toEqual([]);
    const understood = answers.map((answer) => [answer.title, understand(answer)]);
    const failed = { ok: false, failure: { code } };
    expect(understood).toEqual(answers.map(({ title }) => [title, failed]));
  });

  it('is a wrong key also where Google says so with status 400', () => {
    const google = recorded.find(({ title }) => title.startsWith('Google Gemini'));
    expect(google?.status).toBe(400);
    expect(google && understand(google)).toEqual({
      ok: false,
      failure: { code: 'relay/wrong-key' },
    });
  });

  it.each([
    ['a text', '"Invalid token"'],
    ['an error with status 200', '{"success":false,"message":"no"}'],
    ['a list of something else', '{"data":[{"name":"gpt"}]}'],
    ['an empty id', '{"data":[{"id":""}]}'],
  ])('is not understood where it is %s', (_, body) => {
    const answer = { title: '', status: 200, contentType: 'application/json', body };
    expect(understand(answer)).toEqual({ ok: false, failure: { code: 'relay/unexpected-reply' } });
  });

  it('has each model once', () => {
    const body = '[{"id":"a"},{"id":"b"},{"id":"a"}]';
    const answer = { title: '', status: 200, contentType: 'application/json', body };
    expect(understand(answer)).toEqual({ ok: true, value: ['a', 'b'] });
  });
});
