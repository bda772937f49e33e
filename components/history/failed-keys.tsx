import { type FailureGroup, failureGroups } from '../../lib/core/failed-keys.ts';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { FailureCause } from '../ui/failure.tsx';
import { Comma, Say, T } from '../ui/language.tsx';

const SHOWN_GROUPS = 3;
const SHOWN_NAMES = 3;

/** Which keys of an import failed and why, the first few by name. */
export function FailedKeys({ entry }: { entry: HistoryEntry }) {
  const groups = failureGroups(entry);
  const left = groups.slice(SHOWN_GROUPS).flatMap(({ keys }) => keys).length;
  return (
    <ul className="mt-1 grid gap-2">
      {groups.slice(0, SHOWN_GROUPS).map((group) => (
        <li key={group.keys[0]?.id}>
          <Group group={group} entry={entry} isOnly={groups.length === 1} />
        </li>
      ))}
      {left > 0 && (
        <li>
          <T k="and_more" count={left} />
        </li>
      )}
    </ul>
  );
}

interface GroupProps {
  group: FailureGroup;
  entry: HistoryEntry;
  /** With others beside it, the next step is enough. */
  isOnly: boolean;
}

function Group({ group: { failure, keys }, entry, isOnly }: GroupProps) {
  const { name } = entry.server;
  const context = { server: name, place: name, relay: keys[0]?.host ?? '' };
  const { what, next } = describeFailure(failure, context);
  return (
    <>
      <p className="text-text">
        <Names keys={keys} /> · <Say words={what} />
      </p>
      <p>{isOnly ? <FailureCause failure={failure} context={context} /> : <Say words={next} />}</p>
    </>
  );
}

function Names({ keys }: Pick<FailureGroup, 'keys'>) {
  const left = keys.length - SHOWN_NAMES;
  return (
    <>
      {keys.slice(0, SHOWN_NAMES).map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 && <Comma />}
          <b className="font-semibold">{name}</b>
        </span>
      ))}
      {left > 0 && (
        <>
          {' '}
          <T k="and_more" count={left} />
        </>
      )}
    </>
  );
}
