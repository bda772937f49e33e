import type { SessionState } from '../core/stores.ts';
import { accessIntent, dialogReason } from './message-shapes.ts';
import { historyEntry } from './stored-shapes.ts';
import { type Shape, z } from './zod.ts';

/** The shape of each part of the session's state. */
export const sessionShapes: { [Name in keyof SessionState]: Shape<SessionState[Name]> } = {
  unseen: z.array(historyEntry),
  dialog: z.nullable(z.object({ keyId: z.string(), serverId: z.string(), reason: dialogReason })),
  intent: z.nullable(accessIntent),
  drafts: z.object({
    server: z.optional(z.json()),
    key: z.optional(z.json()),
    import: z.optional(z.json()),
  }),
  models: z.record(
    z.string(),
    z.object({
      state: z.literal('read'),
      upstream: z.array(z.string()),
      way: z.enum(['direct', 'server', 'access']),
      baseUrl: z.string(),
      readAt: z.number(),
    }),
  ),
  chosenServer: z.nullable(z.string()),
};

/** What a session begins with. */
export const EMPTY_SESSION: SessionState = {
  unseen: [],
  dialog: null,
  intent: null,
  drafts: {},
  models: {},
  chosenServer: null,
};
