import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, readExchanges } from './relay-recording.ts';
import { recordedAnswer, replayNewApi } from './relay-replay.ts';

const exchanges = readExchanges('new-api-2026-08');

/**
 * Compared: status, all headers but `Transfer-Encoding`, the whole body (JSON by value, other text
 * to the letter).
 * Normalised: generated values (request ids, bearer tokens, session ids, refresh cookies, the
 * access token, token keys and their masks) have to keep their identity through the whole replay;
 * times have to be within two seconds.
 */
describe('the New API stand-in, asked what the real one was asked', () => {
  let answers: Answer[] = [];

  beforeAll(async () => {
    answers = await replayNewApi(exchanges);
  });

  it('is asked all of it', () => {
    expect(answers).toHaveLength(132);
  });

  it.each(exchanges.map((exchange, index) => ({ ...exchange, index })))(
    'answers as recorded › $index $name',
    ({ index, ...exchange }) => {
      expect(answers[index]).toEqual(recordedAnswer(exchange));
    },
  );
});
