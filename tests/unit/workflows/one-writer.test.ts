import { expect, it } from 'vitest';
import { addKey, addServer, clickOn, resultOf, valueIn, workbench } from '../fakes/workbench.ts';

it('a server that is set up under two names is written to by one import at a time', async () => {
  const bench = workbench({ relay: { basePaths: ['/v1', '/other/v1'] } });
  const names = ['At home', 'Through its name'];
  const servers = await Promise.all(names.map((name) => addServer(bench, { name })));
  const keys = [
    await addKey(bench, { name: 'One' }),
    await addKey(bench, {
      name: 'Two',
      baseUrl: 'https://relay.example/other/v1',
      apiKey: 'sk-test0002',
    }),
  ];
  await Promise.all(
    keys.map((keyId, nth) =>
      bench.handlers.startImport(clickOn({ keyId, serverId: servers[nth] ?? '' })),
    ),
  );
  const writes = bench.server.log.filter(({ method }) => method === 'PUT');
  expect(writes).toHaveLength(2);
  expect((writes[1]?.at ?? 0) - (writes[0]?.at ?? 0)).toBeGreaterThanOrEqual(300);
  const history = valueIn(await bench.handlers.readHistory({})).entries;
  expect(history.map((told) => [resultOf(told).outcome, told.repeats, told.gone])).toEqual([
    ['created', 0, []],
    ['created', 0, []],
  ]);
  expect(bench.server.configText()).toMatch(/name: One[\s\S]*name: Two/);
});
