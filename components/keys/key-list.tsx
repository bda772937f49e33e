import {
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import {
  type CustomContainerComponentProps,
  type CustomItemComponentProps,
  Virtualizer,
  type VirtualizerHandle,
} from 'virtua';
import type { KeyCard } from '../../lib/core/keys/relay-key.ts';
import { useText } from '../ui/language.tsx';

interface KeyListProps {
  cards: readonly KeyCard[];
  /** Draws one card, with its id as its key. `isCurrent` is the row that the keyboard is on. */
  drawCard(card: KeyCard, isCurrent: boolean): ReactElement;
  /** Space on a card. */
  onPick(cardId: string): void;
  /** Shift with an arrow: from a card to the next. */
  onWalk(fromId: string, toId: string): void;
}

const ROW_PX = 49;

/** What a row has to know of the list around it. */
const ListContext = createContext<{
  cards: readonly KeyCard[];
  onCurrent(at: number): void;
}>({ cards: [], onCurrent: () => {} });

/**
 * The cards, drawn only where they are seen. The arrow keys walk them, and where one leaves
 * with the focus on it the next one gets it. Another list (a search, a filter) is another
 * instance, by its `key`: it begins at its top.
 */
export function KeyList({ cards, drawCard, onPick, onWalk }: KeyListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const [current, setCurrent] = useState(0);
  const at = Math.min(current, Math.max(0, cards.length - 1));
  const focusEvents = useFocusKept(scroller, at);

  const onKey = (event: KeyboardEvent) => {
    const card = cards[at];
    if (event.key === ' ' && card && isImportButton(event.target)) {
      // It would press the button, which imports at once: that is for Enter.
      event.preventDefault();
      onPick(card.id);
      return;
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (next === undefined || next < 0 || next >= cards.length) return;
    event.preventDefault();
    const to = cards[next];
    if (event.shiftKey && card && to) onWalk(card.id, to.id);
    setCurrent(next);
    virtualizer.current?.scrollToIndex(next, { align: 'nearest' });
    // The row may have to be drawn first.
    requestAnimationFrame(() => mainControl(scroller.current, next)?.focus());
  };

  return (
    <ListContext value={{ cards, onCurrent: setCurrent }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are for the buttons in it */}
      <div ref={scroller} className="p-body" onKeyDown={onKey} {...focusEvents}>
        <Virtualizer
          ref={virtualizer}
          scrollRef={scroller}
          data={cards}
          itemSize={ROW_PX}
          as={ListElement}
          item={RowElement}
        >
          {(card, place) => drawCard(card, place === at)}
        </Virtualizer>
      </div>
    </ListContext>
  );
}

/** Gives the focus of a card that has left, or of its control, to the one that is current now. */
function useFocusKept(list: RefObject<HTMLElement | null>, current: number) {
  const isInside = useRef(false);
  useEffect(() => {
    // A card that is taken away tells nothing of the focus that it had.
    if (!isInside.current || document.activeElement !== document.body) return;
    mainControl(list.current, current)?.focus();
  });
  return {
    onFocus: () => {
      isInside.current = true;
    },
    onBlur: () => {
      isInside.current = false;
    },
  };
}

function ListElement(props: CustomContainerComponentProps) {
  const t = useText();
  return <ul aria-label={t('keys_title')} {...props} />;
}

function RowElement({ index, ...props }: CustomItemComponentProps) {
  const { cards, onCurrent } = useContext(ListContext);
  return (
    <li
      data-place={index}
      aria-label={cards[index]?.name}
      aria-posinset={index + 1}
      aria-setsize={cards.length}
      onFocus={() => onCurrent(index)}
      {...props}
    />
  );
}

/** What has the focus of a card: its box while cards are being selected, else its button to import. */
const mainControl = (list: HTMLElement | null, place: number): HTMLElement | null | undefined =>
  list?.querySelector<HTMLElement>(`[data-place="${place}"] [data-main]`);

const isImportButton = (target: EventTarget): boolean =>
  target instanceof HTMLButtonElement && 'main' in target.dataset;
