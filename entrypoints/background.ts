import { defineBackground } from 'wxt/utils/define-background';
import { createBackupStore } from '../lib/edges/backup-store.ts';
import { browser } from '../lib/edges/browser.ts';
import { systemClock } from '../lib/edges/clock.ts';
import { openDatabase } from '../lib/edges/database.ts';
import { fingerprint } from '../lib/edges/fingerprint.ts';
import { isFirstRun } from '../lib/edges/first-run.ts';
import { createHistoryStore } from '../lib/edges/history-store.ts';
import { jobAlarm, onJobAlarm } from '../lib/edges/job-alarm.ts';
import { createJournalStore } from '../lib/edges/journal-store.ts';
import { createKeyStore } from '../lib/edges/key-store.ts';
import { withLock } from '../lib/edges/locks.ts';
import { createManagementApi } from '../lib/edges/management-api.ts';
import { answerPages } from '../lib/edges/message-desk.ts';
import { announce } from '../lib/edges/messages.ts';
import { openOptions } from '../lib/edges/pages.ts';
import { hasAccess, onAccessGranted } from '../lib/edges/permissions.ts';
import { readPreferences, savePreferences } from '../lib/edges/preferences-store.ts';
import { createRelaySites } from '../lib/edges/relay-sites.ts';
import { forgetRemoved } from '../lib/edges/removed-records.ts';
import { createSealedStore } from '../lib/edges/sealed-store.ts';
import { createAttemptStore, createServerStore } from '../lib/edges/server-store.ts';
import { createSessionStore } from '../lib/edges/session-store.ts';
import { showToolbarState } from '../lib/edges/toolbar.ts';
import { createProfileVault } from '../lib/edges/vault.ts';
import { carryOutIntent } from '../lib/workflows/access-intents.ts';
import { createHandlers } from '../lib/workflows/handlers.ts';
import { resumeJobs } from '../lib/workflows/resume-jobs.ts';
import { takeUpdate } from '../lib/workflows/run-jobs.ts';
import { newWorkerState, type Worker } from '../lib/workflows/worker.ts';

export default defineBackground(() => {
  const database = openDatabase();
  const vault = createProfileVault(database);
  const store = createSealedStore(database, vault);
  const { now } = systemClock;
  const browserEdges = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args), hasAccess };

  const worker: Worker = {
    state: newWorkerState(),
    edges: {
      clock: systemClock,
      newId: () => crypto.randomUUID(),
      fingerprint,
      servers: createServerStore(store, now),
      attempts: createAttemptStore(store),
      keys: createKeyStore(store, now),
      history: createHistoryStore(store),
      session: createSessionStore(vault),
      preferences: { read: readPreferences, save: savePreferences },
      relays: createRelaySites(browserEdges),
      createApi: (access, note) => createManagementApi(access, { ...browserEdges, now, note }),
      hasAccess,
      announce,
      withLock,
      toolbar: { show: showToolbarState },
      journal: createJournalStore(store),
      backups: createBackupStore(store),
      alarm: jobAlarm,
      restartForUpdate: () => browser.runtime.reload(),
    },
  };

  answerPages(createHandlers(worker));
  onAccessGranted(() => void carryOutIntent(worker));
  browser.runtime.onStartup.addListener(() => void forgetRemoved(store));
  browser.runtime.onInstalled.addListener(async ({ reason }) => {
    if (reason === 'install' && (await isFirstRun())) await openOptions('servers');
  });
  onJobAlarm(() => void resumeJobs(worker));
  browser.runtime.onUpdateAvailable.addListener(() => takeUpdate(worker));
  void resumeJobs(worker);
});
