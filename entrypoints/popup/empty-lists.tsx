import { Glyph } from '../../components/ui/glyph.tsx';
import { T } from '../../components/ui/language.tsx';

/** Where keys come from, for someone who has none here yet. */
export function NoKeys({ onAdd }: { onAdd(): void }) {
  return (
    <div className="grid justify-items-start gap-1 p-4">
      <Glyph state="new" />
      <p className="font-semibold">
        <T k="keys_none" />
      </p>
      <p className="text-muted">
        <T k="keys_none_hint" />
      </p>
      <button type="button" className="btn soft sm mt-1" onClick={onAdd}>
        <T k="keys_none_action" />
      </button>
    </div>
  );
}

/** A search or filter that fits no card. */
export function NothingFound({ search }: { search: string }) {
  return (
    <div className="grid justify-items-start gap-1 p-4">
      <Glyph state="idle" />
      <p className="font-semibold">
        {search.trim() === '' ? (
          <T k="keys_filter_empty" />
        ) : (
          <T k="keys_not_found" search={search.trim()} />
        )}
      </p>
      <p className="text-muted">
        <T k="keys_not_found_hint" />
      </p>
    </div>
  );
}
