import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Findings } from './findings.ts';
import { foreignEdit } from './foreign-edits.ts';
import { OPENAI } from './lists.ts';
import type { ModelServer } from './model-server.ts';
import { randomFrom } from './random.ts';
import type { Beside, KeySetup } from './schedule.ts';

/** How old a list is that somebody saves without having looked again. */
const STALE_MS = 3000;

interface Surroundings {
  clock: VirtualClock;
  findings: Findings;
  keys: readonly KeySetup[];
}

/** Lets happen to a server what is no doing of ours. */
export function happen(trouble: Beside, server: ModelServer, around: Surroundings): void {
  around.findings.trace(() => `## ${JSON.stringify(trouble)}`);
  around.findings.count(
    trouble.do === 'edit' ? `trouble: edit by ${trouble.by}` : `trouble: ${trouble.do}`,
  );
  switch (trouble.do) {
    case 'change-key':
      server.changeKey();
      break;
    case 'ban':
      server.ban();
      break;
    case 'restart':
      server.restart(trouble.downMs);
      break;
    case 'tear':
      if (!server.isDown()) server.tear(trouble.keep, trouble.forMs);
      break;
    case 'edit':
      edit(trouble, server, around);
  }
}

function edit(
  { by, edit, dice }: Extract<Beside, { do: 'edit' }>,
  server: ModelServer,
  { clock, keys }: Surroundings,
): void {
  const older = server.changes.findLast(({ at }) => at <= clock.now() - STALE_MS);
  const hands = {
    random: randomFrom(dice),
    older: (older ?? server.changes[0])?.lists[OPENAI] ?? [],
    ours: keys,
  };
  if (by === 'hand') server.editFile((entries) => foreignEdit(edit, entries, hands));
  else if (!server.isDown())
    server.write(OPENAI, foreignEdit(edit, server.lists()[OPENAI], hands), 'foreign');
}
