import type { ReactNode } from 'react';
import { KeyList } from '../../components/keys/key-list.tsx';
import { KeyRow } from '../../components/keys/key-row.tsx';
import type { KeyCard } from '../../lib/core/keys/relay-key.ts';
import type { Server } from '../../lib/core/server/server.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { useKeyActions } from './use-key-actions.ts';
import type { useSelection } from './use-selection.ts';

interface CardsProps {
  cards: readonly KeyCard[];
  chosen: Server;
  selection: ReturnType<typeof useSelection>;
  onAct: {
    tell(notice: PageNotice): void;
    importKey(keyId: string): void;
    openDialog(keyId: string): void;
    openForm(keyId: string): Promise<void>;
  };
  whenEmpty: ReactNode;
}

/** The cards that search and filter leave, with what can be done about each. */
export function Cards({ cards, chosen, selection, onAct, whenEmpty }: CardsProps) {
  const { revealed, ...keyActions } = useKeyActions(onAct.tell);
  if (cards.length === 0) return <div className="p-body">{whenEmpty}</div>;
  return (
    <KeyList
      cards={cards}
      onPick={(keyId) => selection.pick(keyId, false)}
      onWalk={selection.walk}
      drawCard={(card: KeyCard, isCurrent) => (
        <KeyRow
          key={card.id}
          card={card}
          isCurrent={isCurrent}
          isPicked={selection.ids.has(card.id)}
          isSelecting={selection.isSelecting}
          revealed={revealed?.keyId === card.id ? revealed.apiKey : undefined}
          serverName={chosen.name}
          onPick={(isRange) => selection.pick(card.id, isRange)}
          onImport={() => onAct.importKey(card.id)}
          onOptions={() => onAct.openDialog(card.id)}
          onReveal={() => void keyActions.reveal(card)}
          onHide={keyActions.hide}
          onCopy={() => void keyActions.copy(card)}
          onEdit={() => void onAct.openForm(card.id)}
          onRemove={() => void keyActions.remove(card)}
        />
      )}
    />
  );
}
