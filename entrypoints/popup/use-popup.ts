import { useCallback, useEffect, useState } from 'react';
import type { DialogCall } from '../../lib/core/dialog-reason.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import type { CardState, KeyCard } from '../../lib/core/keys/relay-key.ts';
import type { Announcement, RunningJob } from '../../lib/core/protocol.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';

/** What the popup shows, as the worker last told it. */
export interface PopupView {
  servers: readonly Server[];
  chosen: Server | undefined;
  cards: readonly KeyCard[];
  /** Why the chosen server could not be looked at. */
  serverFailure: Failure | undefined;
  /** Whether the chosen server has been looked at. */
  looked: boolean;
  /** What is under way. */
  running: readonly RunningJob[];
}

export type PopupLoad =
  | { state: 'loading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'loaded'; view: PopupView };

/** So many cards fill the window; the others follow. */
const FIRST_CARDS = 16;
const ALL_CARDS = 1_000_000;

/** The popup's state: read once, then kept up to date by what the worker announces. `calls` are the dialogs that were asked for last. */
export function usePopup(onResult: (entry: HistoryEntry) => void) {
  const [load, setLoad] = useState<PopupLoad>({ state: 'loading' });
  const [calls, setCalls] = useState<readonly DialogCall[]>([]);
  const change = useCallback((to: (view: PopupView) => PopupView) => {
    setLoad((now) => (now.state === 'loaded' ? { state: 'loaded', view: to(now.view) } : now));
  }, []);

  const read = useCallback(
    async (first: number) => {
      const popup = await ask('readPopup', { first });
      if (!popup.ok) {
        setLoad({ state: 'failed', failure: popup.failure });
        return;
      }
      const { servers, chosenId, cards, total, unseen, dialog, running } = popup.value;
      const chosen = servers.find(({ id }) => id === chosenId);
      setLoad((now) => ({
        state: 'loaded',
        view: viewOf(now, { servers, chosen, cards, running }),
      }));
      for (const entry of unseen) onResult(entry);
      if (dialog) setCalls([dialog]);
      if (total > cards.length) {
        const all = await ask('readCards', {});
        if (all.ok) change((view) => ({ ...view, cards: all.value }));
      }
    },
    [change, onResult],
  );

  const chosenId = load.state === 'loaded' ? load.view.chosen?.id : undefined;
  useEffect(() => {
    if (chosenId === undefined) return;
    void ask('lookAtServer', { serverId: chosenId }).then((looked) =>
      change((view) => ({
        ...view,
        looked: true,
        serverFailure: looked.ok ? undefined : looked.failure,
      })),
    );
  }, [chosenId, change]);

  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read(FIRST_CARDS);
    return onAnnouncement((announcement: Announcement) => {
      switch (announcement.event) {
        case 'cards-changed':
        case 'servers-changed':
          void read(ALL_CARDS);
          break;
        case 'states-changed':
          change((view) => withStates(view, announcement.serverId, announcement.states));
          break;
        case 'result':
          onResult(announcement.entry);
          break;
        case 'dialog':
          setCalls([announcement]);
          break;
        case 'running':
          change((view) => ({ ...view, running: announcement.running }));
          break;
        case 'check':
        case 'models':
          break;
      }
    });
  }, [read, change, onResult]);

  return { load, calls, openDialogs: setCalls, reload: () => void read(FIRST_CARDS) };
}

function viewOf(
  now: PopupLoad,
  read: Pick<PopupView, 'servers' | 'chosen' | 'cards' | 'running'>,
): PopupView {
  const before = now.state === 'loaded' ? now.view : undefined;
  const isSame = before?.chosen?.id === read.chosen?.id;
  return {
    ...read,
    serverFailure: isSame ? before?.serverFailure : undefined,
    looked: isSame ? (before?.looked ?? false) : false,
  };
}

function withStates(
  view: PopupView,
  serverId: string,
  states: Readonly<Record<string, CardState>>,
): PopupView {
  if (view.chosen?.id !== serverId) return view;
  const cards = view.cards.map((card) => {
    const state = states[card.id];
    return state ? { ...card, state } : card;
  });
  return { ...view, cards };
}
