import type { DiffLine } from '../core/changes/diff-lines.ts';
import type { Plan, StepReason } from '../core/changes/plan.ts';
import { PROVIDER_KINDS, type ProviderEntry } from '../core/changes/provider.ts';
import type { Failure, ServerFailure } from '../core/failures/failure.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { ChangeLine } from '../core/import-view.ts';
import type { Job } from '../core/jobs.ts';
import { isJsonObject } from '../core/json.ts';
import type { ImportResult, KeyResult, RelayKey } from '../core/keys/relay-key.ts';
import type { Secret } from '../core/secrets.ts';
import type { Attempts } from '../core/server/attempts.ts';
import type { Server } from '../core/server/server.ts';
import type { Backup, ServerSecrets, UndoRecord } from '../core/stores.ts';
import { importForm } from './message-shapes.ts';
import { type Shape, z } from './zod.ts';

// Shapes of what we stored ourselves. Unknown fields are dropped, missing ones are a failure.

const failure = z.custom<Failure>(hasCode);
const serverFailure = z.custom<ServerFailure>(hasCode);

function hasCode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'code' in value;
}

export const secret = z.custom<Secret>((value) => typeof value === 'string');

export const storedServers: Shape<Server[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    managementBaseUrl: z.string(),
    headerNames: z.array(z.string()),
    isDefault: z.boolean(),
    plainHttpAccepted: z.boolean(),
    check: z.optional(
      z.object({
        at: z.number(),
        version: z.optional(z.string()),
        failure: z.optional(serverFailure),
      }),
    ),
  }),
);

export const storedServerSecrets: Shape<ServerSecrets> = z.object({
  managementKey: secret,
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
});

export const storedAttempts: Shape<Record<string, Attempts>> = z.record(
  z.string(),
  z.object({
    refusedAt: z.array(z.number()),
    held: z.boolean(),
    bannedUntil: z.optional(z.number()),
  }),
);

const serving = z.object({
  serving: z.array(z.string()),
  pooled: z.array(
    z.object({ id: z.string(), with: z.array(z.string()), andMore: z.optional(z.boolean()) }),
  ),
  unsure: z.array(z.string()),
  missing: z.array(z.string()),
});

const servingCounts = z.object({
  serving: z.number(),
  pooled: z.number(),
  unsure: z.number(),
  missing: z.number(),
  others: z.array(z.string()),
  andMore: z.optional(z.boolean()),
});

const failed = z.object({ at: z.number(), outcome: z.literal('failed'), failure });

const imported = z.object({
  at: z.number(),
  outcome: z.enum(['created', 'added', 'already-there']),
  provider: z.string(),
  disabled: z.boolean(),
  loading: z.boolean(),
});

const importResult: Shape<ImportResult> = z.discriminatedUnion('outcome', [
  failed,
  z.extend(imported, { serving: z.optional(serving) }),
]);

const keyResult: Shape<KeyResult> = z.discriminatedUnion('outcome', [
  failed,
  z.extend(imported, { serving: z.optional(servingCounts) }),
]);

const relayKey: Shape<RelayKey> = z.object({
  id: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  mask: z.string(),
  fingerprint: z.string(),
  addedAt: z.number(),
  results: z.record(z.string(), keyResult),
});

export const storedKeys = z.array(relayKey);

export const removedKey = z.object({
  at: z.number(),
  place: z.number(),
  key: relayKey,
  apiKey: secret,
});

export const removedServer = z.object({
  at: z.number(),
  place: z.number(),
  server: z.custom<Server>((value) => storedServers.safeParse([value]).success),
  secrets: storedServerSecrets,
});

export const historyEntry: Shape<HistoryEntry> = z.object({
  id: z.string(),
  runId: z.string(),
  at: z.number(),
  cause: z.enum(['import', 'undo', 'restore']),
  of: z.optional(z.string()),
  kind: z.enum(PROVIDER_KINDS),
  server: z.object({ id: z.string(), name: z.string() }),
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      mask: z.string(),
      host: z.string(),
      result: importResult,
    }),
  ),
  failure: z.optional(failure),
  lines: z.array(z.custom<ChangeLine>((line) => typeof line === 'object' && line !== null)),
  diff: z.array(
    z.object({ sign: z.enum([' ', '+', '-']), text: z.string() }) satisfies Shape<DiffLine>,
  ),
  write: z.optional(z.enum(['PATCH', 'PUT'])),
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      status: z.optional(z.number()),
      ms: z.number(),
    }),
  ),
  repeats: z.number(),
  gone: z.array(z.string()),
  tookMs: z.number(),
  undo: z.optional(z.enum(['possible', 'done'])),
});

const entry = z.custom<ProviderEntry>((value) => isJsonObject(value));

const plan: Shape<Plan> = z.object({
  kind: z.enum(PROVIDER_KINDS),
  steps: z.array(
    z.object({
      at: z.number(),
      before: z.optional(entry),
      after: z.optional(entry),
      reasons: z.array(z.custom<StepReason>((reason) => typeof reason === 'string')),
    }),
  ),
  order: z.optional(z.array(entry)),
});

export const undoRecord: Shape<UndoRecord> = z.object({ serverId: z.string(), plan });

export const storedJob: Shape<Job> = z.object({
  id: z.string(),
  runId: z.string(),
  at: z.number(),
  serverId: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  work: z.discriminatedUnion('cause', [
    z.object({
      cause: z.literal('import'),
      items: z.array(z.object({ keyId: z.string(), form: z.optional(importForm) })),
      isBatch: z.optional(z.boolean()),
    }),
    z.object({
      cause: z.enum(['undo', 'restore']),
      of: z.string(),
      plan,
      resolve: z.enum(['ask', 'theirs', 'ours']),
    }),
  ]),
  write: z.optional(z.object({ plan, at: z.number(), answered: z.boolean(), times: z.number() })),
  toldAs: z.optional(z.string()),
});

export const storedBackup: Shape<Backup> = z.object({
  id: z.string(),
  at: z.number(),
  serverId: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  entries: z.array(entry),
});
