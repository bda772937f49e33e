import { Plus, Search, Settings } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ImportDialog } from '../../components/import/import-dialog.tsx';
import { KeyForm } from '../../components/keys/key-form.tsx';
import { KeyList } from '../../components/keys/key-list.tsx';
import { KeyRow } from '../../components/keys/key-row.tsx';
import { type ServerHealth, ServerPicker } from '../../components/servers/server-picker.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { type CardFilter, countCards, filterCards } from '../../lib/core/keys/card-filter.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { NoKeys, NothingFound } from './empty-lists.tsx';
import { ListFilters } from './list-filters.tsx';
import { ServerStrip } from './server-strip.tsx';
import { SettingsLink } from './settings-link.tsx';
import { useImportDialog } from './use-import-dialog.ts';
import { useKeyActions } from './use-key-actions.ts';
import { useKeyForm } from './use-key-form.ts';
import { useListKeys } from './use-list-keys.ts';
import type { DialogRequest, PopupView } from './use-popup.ts';

interface KeysPageProps {
  view: PopupView;
  chosen: Server;
  request: DialogRequest | undefined;
  tell(notice: PageNotice): void;
}

/** The relay keys on cards, and how each stands on the chosen server. */
export function KeysPage({ view, chosen, request, tell }: KeysPageProps) {
  const t = useText();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<CardFilter>('all');
  const shown = useMemo(
    () => filterCards(view.cards, filter, search),
    [view.cards, filter, search],
  );
  const counts = useMemo(() => countCards(view.cards), [view.cards]);
  const searchBox = useListKeys(() => setSearch(''));
  const keyForm = useKeyForm();
  const keyActions = useKeyActions(tell);
  const onFailure = useCallback(
    (failure: Failure) => tell({ id: failure.code, kind: 'failed', failure, server: chosen.name }),
    [tell, chosen.name],
  );
  const importDialog = useImportDialog(chosen.id, onFailure);
  const { open } = importDialog;
  useEffect(() => {
    if (request) void open(request.keyId, request.reason);
  }, [request, open]);

  const importKey = (keyId: string) =>
    void ask('startImport', { keyId, serverId: chosen.id }).then(
      (started) => started.ok || onFailure(started.failure),
    );
  return (
    <main className="popup">
      <header className="p-head">
        <img src="/icons/mark.svg" alt="" width="24" height="24" />
        <h1 className="sr-only">
          <T k="keys_title" />
        </h1>
        <ServerPicker
          servers={view.servers}
          chosen={chosen}
          health={healthOf(view)}
          onChoose={(serverId) => void ask('chooseServer', { serverId })}
        />
        <span className="grow" />
        <SettingsLink serverId={chosen.id} className="square">
          <Settings className="icon" aria-hidden="true" />
        </SettingsLink>
      </header>
      <div className="p-search">
        <div className="input quiet">
          <Search className="icon" aria-hidden="true" />
          <input
            ref={searchBox}
            type="search"
            aria-label={t('keys_search')}
            placeholder={t('keys_search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <kbd className="kbd">/</kbd>
        </div>
      </div>
      <ServerStrip failure={view.serverFailure} server={chosen} />
      <ListFilters counts={counts} chosen={filter} onChoose={setFilter} />
      {shown.length === 0 ? (
        <div className="p-body">
          {view.cards.length === 0 ? (
            <NoKeys onAdd={keyForm.add} />
          ) : (
            <NothingFound search={search} />
          )}
        </div>
      ) : (
        <KeyList
          key={`${filter} ${search}`}
          cards={shown}
          drawCard={(card, isCurrent) => (
            <KeyRow
              key={card.id}
              card={card}
              isCurrent={isCurrent}
              revealed={
                keyActions.revealed?.keyId === card.id ? keyActions.revealed.apiKey : undefined
              }
              serverName={chosen.name}
              onImport={() => importKey(card.id)}
              onOptions={() => void open(card.id, 'asked')}
              onReveal={() => void keyActions.reveal(card)}
              onHide={keyActions.hide}
              onCopy={() => void keyActions.copy(card)}
              onEdit={() => void keyForm.edit(card.id)}
              onRemove={() => void keyActions.remove(card)}
            />
          )}
        />
      )}
      <footer className="p-foot">
        <p className="xs grow text-subtle">
          <T k="keys_foot" />
        </p>
        <button type="button" className="btn" onClick={keyForm.add}>
          <Plus className="icon" aria-hidden="true" />
          <T k="key_add" />
        </button>
      </footer>
      {keyForm.form && (
        <KeyForm
          value={keyForm.form}
          failure={keyForm.failure}
          isSaving={keyForm.isSaving}
          onChange={keyForm.change}
          onSave={(value) => void keyForm.save(value)}
          onClose={keyForm.close}
        />
      )}
      {importDialog.dialog && (
        <ImportDialog
          key={importDialog.dialog.view.keyId}
          {...importDialog.dialog}
          onChange={importDialog.change}
          onRefresh={importDialog.refresh}
          onAllowRelay={importDialog.allowRelay}
          onImport={() => void importDialog.run()}
          onClose={importDialog.close}
        />
      )}
    </main>
  );
}

function healthOf({ looked, serverFailure }: PopupView): ServerHealth {
  if (!looked) return 'unknown';
  if (!serverFailure) return 'up';
  const held = ['server/held', 'server/banned', 'server/last-try', 'server/few-tries'];
  return held.includes(serverFailure.code) ? 'hold' : 'down';
}
