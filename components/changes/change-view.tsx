import type { FileLoss } from '../../lib/core/changes/file-losses.ts';
import type { ProviderKind } from '../../lib/core/changes/provider.ts';
import type { ChangePreview } from '../../lib/core/protocol.ts';
import { ChangeLines } from '../import/change-lines.tsx';
import { Diff } from '../import/diff.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { T } from '../ui/language.tsx';

interface ChangeViewProps {
  preview: ChangePreview;
  /** Names the request by its list. */
  kind: ProviderKind;
}

/** What a change would write: in words, as JSON, and what the server's file may not keep of it. */
export function ChangeView({ preview: { lines, diff, write, losses }, kind }: ChangeViewProps) {
  return (
    <>
      <ChangeLines lines={lines} />
      {losses.length > 0 && <FileLosses losses={losses} />}
      {diff.length > 0 && <Diff title={<RequestName write={write} kind={kind} />} lines={diff} />}
    </>
  );
}

/** The request that writes a change, by the server's own names. */
export function RequestName({ write, kind }: Pick<ChangePreview, 'write'> & { kind: string }) {
  return (
    <span className="mono">
      {write} {kind}
    </span>
  );
}

const LOSS_WORDS = { merged: 'loss_merged', zero: 'loss_zero' } as const;

function FileLosses({ losses }: { losses: readonly FileLoss[] }) {
  return (
    <div className="callout">
      <Glyph state="fail" tone="warn" />
      <ul className="grid gap-1">
        {losses.map(({ what, provider, field }) => (
          <li key={`${provider} ${field}`}>
            <T k={LOSS_WORDS[what]} provider={provider} field={field} />
          </li>
        ))}
      </ul>
    </div>
  );
}
