import { T, useText } from '../../components/ui/language.tsx';
import { CARD_FILTERS, type CardFilter } from '../../lib/core/keys/card-filter.ts';
import type { WordKey } from '../../lib/core/words/words.ts';

interface ListFiltersProps {
  counts: Record<CardFilter, number>;
  chosen: CardFilter;
  onChoose(filter: CardFilter): void;
}

const WORDS: Record<CardFilter, WordKey> = {
  all: 'filter_all',
  'to-import': 'filter_to_import',
  attention: 'filter_attention',
};

/** Which of the cards are shown, each with its count. */
export function ListFilters({ counts, chosen, onChoose }: ListFiltersProps) {
  const t = useText();
  return (
    <div className="list-head">
      <div className="flex gap-1" role="group" aria-label={t('filter_label')}>
        {CARD_FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            className="filter"
            aria-pressed={filter === chosen}
            onClick={() => onChoose(filter)}
          >
            <T k={WORDS[filter]} count={counts[filter]} />
          </button>
        ))}
      </div>
    </div>
  );
}
