import { needsAttention } from '../core/history.ts';
import type { Worker } from './worker.ts';

/** Brings the toolbar button up to date: its badge, its icon and its words. */
export async function showToolbar({ edges, state }: Worker): Promise<void> {
  const [unseen, dialog] = [await edges.session.read('unseen'), await edges.session.read('dialog')];
  const entries = unseen.ok ? unseen.value : [];
  const running = [...state.jobs.values()].reduce((keys, { keyIds }) => keys + keyIds.size, 0);
  await edges.toolbar.show({
    unseen: entries.length,
    attention: entries.some(needsAttention) || (dialog.ok && dialog.value !== null),
    running,
  });
}
