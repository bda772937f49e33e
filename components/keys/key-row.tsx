import {
  Copy,
  Ellipsis,
  Eye,
  EyeOff,
  Import,
  Pencil,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react';
import { useId } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { type CardTone, cardWords, stageStep } from '../../lib/core/keys/card-words.ts';
import type { KeyCard } from '../../lib/core/keys/relay-key.ts';
import { FailureCause } from '../ui/failure.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useText } from '../ui/language.tsx';
import { Menu } from '../ui/menu.tsx';

interface KeyRowActions {
  /** Its box was pressed; with Shift, all from the one before up to it are meant. */
  onPick(isRange: boolean): void;
  onImport(): void;
  onOptions(): void;
  onReveal(): void;
  onHide(): void;
  onCopy(): void;
  onEdit(): void;
  onRemove(): void;
}

interface KeyRowProps extends KeyRowActions {
  card: KeyCard;
  /** The row that the keyboard is on. */
  isCurrent: boolean;
  isPicked: boolean;
  /** Cards are being selected: boxes take the place of the other actions. */
  isSelecting: boolean;
  /** The key itself, as long as the person wants to see it. */
  revealed?: string | undefined;
  serverName: string;
}

const TONES: Record<CardTone, string> = {
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  accent: 'text-accent',
  muted: 'text-muted',
  subtle: '',
};

/** One relay key: what it is, how it stands on the server, and the one next thing. */
export function KeyRow(props: KeyRowProps) {
  const { card, isCurrent, isPicked, isSelecting, revealed, serverName, ...actions } = props;
  const { glyph, tone, words } = cardWords(card.state);
  const t = useText();
  const id = useId();
  const isRunning = card.state.phase === 'running';
  const looks = [isCurrent && 'current', isPicked && 'picked', isSelecting && 'selecting'];
  const Lines = isSelecting ? 'label' : 'div';
  return (
    <div className={`row ${looks.filter(Boolean).join(' ')}`}>
      <div className="slot">
        {!isSelecting && <Glyph state={glyph} />}
        <input
          id={id}
          type="checkbox"
          className="check"
          aria-label={t('select_key', { name: card.name })}
          data-pick
          data-main={isSelecting || undefined}
          // One stop for each card: Space on its button selects as well.
          tabIndex={isSelecting ? 0 : -1}
          checked={isPicked}
          onChange={({ nativeEvent }) =>
            actions.onPick('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
          }
        />
      </div>
      <Lines className="min-w-0" {...(isSelecting && { htmlFor: id })}>
        <span className="line1">
          <span className="cut font-semibold" title={card.name}>
            {card.name}
          </span>
          <span className="xs cut text-subtle" title={card.host}>
            {card.host}
          </span>
        </span>
        <span className="line2">
          <span className={`state ${TONES[tone]}`} title={t(words.key, words.values)}>
            <Say words={words} />
            {card.state.phase === 'running' && <Step stage={card.state.stage} />}
          </span>
          {!isRunning && <span className="mono cut">{card.mask}</span>}
        </span>
      </Lines>
      {isSelecting ? (
        <span className="p-1.5">
          <Glyph state={glyph} />
        </span>
      ) : (
        <RowActions
          card={card}
          isCurrent={isCurrent}
          isRevealed={revealed !== undefined}
          {...actions}
        />
      )}
      {revealed !== undefined && <p className="why mono break-all">{revealed}</p>}
      {card.state.phase === 'failed' && (
        <Why failure={card.state.failure} host={card.host} serverName={serverName} />
      )}
      {card.state.phase === 'running' && <RowProgress card={card} stage={card.state.stage} />}
    </div>
  );
}

function Step({ stage }: { stage: Parameters<typeof stageStep>[0] }) {
  const { step, of } = stageStep(stage);
  return <T k="stage_step" step={step} of={of} />;
}

function RowProgress({ card, stage }: { card: KeyCard; stage: Parameters<typeof stageStep>[0] }) {
  const t = useText();
  const { step, of } = stageStep(stage);
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={t('stage_importing', { key: card.name })}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={step}
    >
      <i style={{ width: `${(100 * step) / of}%` }} />
    </div>
  );
}

function Why({
  failure,
  host,
  serverName,
}: {
  failure: Failure;
  host: string;
  serverName: string;
}) {
  return (
    <p className="why">
      <FailureCause failure={failure} context={{ relay: host, server: serverName }} />
    </p>
  );
}

interface RowActionsProps extends Omit<KeyRowActions, 'onPick'> {
  card: KeyCard;
  isCurrent: boolean;
  isRevealed: boolean;
}

function RowActions({ card, isCurrent, isRevealed, ...actions }: RowActionsProps) {
  const t = useText();
  const isRunning = card.state.phase === 'running';
  return (
    <div className="acts">
      <ImportButton
        phase={card.state.phase}
        isCurrent={isCurrent}
        isRunning={isRunning}
        onImport={actions.onImport}
      />
      <Menu
        label={t('action_more')}
        icon={Ellipsis}
        items={[
          {
            name: 'options',
            label: t('action_import_options'),
            icon: SlidersHorizontal,
            onChoose: actions.onOptions,
          },
          isRevealed
            ? { name: 'hide', label: t('action_hide_key'), icon: EyeOff, onChoose: actions.onHide }
            : {
                name: 'reveal',
                label: t('action_reveal_key'),
                icon: Eye,
                onChoose: actions.onReveal,
              },
          { name: 'copy', label: t('action_copy_key'), icon: Copy, onChoose: actions.onCopy },
          { name: 'edit', label: t('action_edit'), icon: Pencil, onChoose: actions.onEdit },
          {
            name: 'remove',
            label: t('action_remove'),
            icon: Trash2,
            danger: true,
            onChoose: actions.onRemove,
          },
        ]}
      />
    </div>
  );
}

interface ImportButtonProps {
  phase: KeyCard['state']['phase'];
  isCurrent: boolean;
  isRunning: boolean;
  onImport(): void;
}

/** In words where importing is the next thing to do, as an icon where the key is there or on its way. */
function ImportButton({ phase, isCurrent, isRunning, onImport }: ImportButtonProps) {
  const t = useText();
  const isNext = phase === 'absent' || phase === 'failed' || phase === 'unknown';
  const name = t('action_import_to');
  if (!isNext) {
    return (
      <button
        type="button"
        className="btn ghost sm square"
        data-main
        aria-label={name}
        title={isRunning ? t('stage_running') : name}
        aria-disabled={isRunning || undefined}
        onClick={onImport}
      >
        <Import className="icon" aria-hidden="true" />
      </button>
    );
  }
  return (
    <button
      type="button"
      className={`btn sm ${isCurrent ? 'primary' : 'soft'}`}
      data-main
      aria-label={name}
      title={name}
      onClick={onImport}
    >
      <T k="action_import" />
      {isCurrent && <span aria-hidden="true">↵</span>}
    </button>
  );
}
