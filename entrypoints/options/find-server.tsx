import { Search } from 'lucide-react';
import { useState } from 'react';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { T } from '../../components/ui/language.tsx';
import { otherAddressOf } from '../../lib/core/failures/failure.ts';
import type { ReplyTo } from '../../lib/core/protocol.ts';
import { DEFAULT_ADDRESS } from '../../lib/core/server/address.ts';
import { ask } from '../../lib/edges/messages.ts';

interface FindServerProps {
  /** What stands in the address field. */
  address: string;
  onFound(address: string): void;
}

/** Looks for a server on this computer, where most have theirs. Without a key, and on the click only. */
export function FindServer({ address, onFound }: FindServerProps) {
  const [isLooking, setLooking] = useState(false);
  const [reply, setReply] = useState<ReplyTo<'findServer'>>();
  const look = async () => {
    if (isLooking) return;
    setLooking(true);
    setReply(undefined);
    const found = await ask('findServer', { address: DEFAULT_ADDRESS });
    setLooking(false);
    setReply(found);
    if (found.ok) onFound(found.value.managementBaseUrl);
  };
  return (
    <>
      <div className="flex items-center gap-2">
        <button
          type="button"
          className="btn sm"
          aria-disabled={isLooking}
          onClick={() => void look()}
        >
          {isLooking ? <Glyph state="run" /> : <Search className="icon" aria-hidden="true" />}
          <T k="first_find" />
        </button>
        {reply?.ok && reply.value.managementBaseUrl === address && (
          <span className="hint" role="status">
            <Glyph state="ok" />
            <T k="first_found" />
          </span>
        )}
      </div>
      {reply?.ok === false && (
        <FailurePanel
          failure={reply.failure}
          context={{ place: DEFAULT_ADDRESS }}
          onAction={{
            'use-other-scheme': () => onFound(otherAddressOf(reply.failure) ?? DEFAULT_ADDRESS),
          }}
        />
      )}
    </>
  );
}
