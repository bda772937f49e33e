import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import type { ServedModel } from '../core/models/serving.ts';
import type { ListRead, OffersRead } from '../core/ports.ts';
import type { Secret } from '../core/secrets.ts';
import { type Shape, z } from './zod.ts';

// Shapes of the management API's answers, as recorded v6.4.1 to v7.2.140. They are loose:
// what is not named here is kept as it came, because lists are written back.

const model = z.looseObject({ name: z.optional(z.string()), alias: z.optional(z.string()) });

const openaiProvider = z.looseObject({
  name: z.string(),
  'base-url': z.string(),
  disabled: z.optional(z.boolean()),
  prefix: z.optional(z.string()),
  'api-key-entries': z.nullish(z.array(z.looseObject({ 'api-key': z.string() }))),
  models: z.nullish(z.array(model)),
});

const keyProvider = z.looseObject({
  'api-key': z.optional(z.string()),
  'base-url': z.optional(z.string()),
  models: z.nullish(z.array(model)),
});

const lists: Record<ProviderKind, Shape> = {
  'openai-compatibility': z.object({ 'openai-compatibility': z.nullable(z.array(openaiProvider)) }),
  'claude-api-key': z.object({ 'claude-api-key': z.nullable(z.array(keyProvider)) }),
  'gemini-api-key': z.object({ 'gemini-api-key': z.nullable(z.array(keyProvider)) }),
  'codex-api-key': z.object({ 'codex-api-key': z.nullable(z.array(keyProvider)) }),
};

/** Where an answer is not as expected. Paths only: a value could be a secret. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; at: string };

/**
 * A provider list. `null` is how versions before 6.9.29 say "empty"; a missing list is a
 * failure, never an empty one: it would be written back.
 */
export function parseProviders(kind: ProviderKind, body: unknown): Parsed<ListRead> {
  const parsed = lists[kind].safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, kind) };
  // The body itself and not zod's copy of it: nothing of an entry may get lost or added.
  const entries = (body as Record<ProviderKind, readonly ProviderEntry[] | null>)[kind];
  return { ok: true, value: { entries: entries ?? [], wasNull: entries === null } };
}

const clientKeys = z.object({ 'api-keys': z.nullable(z.array(z.string())) });

export function parseClientKeys(body: unknown): Parsed<readonly string[]> {
  const parsed = clientKeys.safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, 'api-keys') };
  return { ok: true, value: parsed.data['api-keys'] ?? [] };
}

const authFiles = z.object({ files: z.nullable(z.array(z.unknown())) });

/** Logged-in accounts: they offer models that no list shows. */
export function parseAccountCount(body: unknown): Parsed<number> {
  const parsed = authFiles.safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, 'files') };
  return { ok: true, value: parsed.data.files?.length ?? 0 };
}

const offering = z.object({
  name: z.catch(z.string(), ''),
  'base-url': z.catch(z.string(), ''),
  prefix: z.catch(z.string(), ''),
  disabled: z.catch(z.boolean(), false),
  models: z.nullish(z.array(model)),
});

/** A bare key is one without models, as Gemini's had none (recorded v6.4.1, scenario config-get). */
const offerings = z.nullish(
  z.array(
    z.union([
      offering,
      z.pipe(
        z.string(),
        z.transform(() => z.parse(offering, {})),
      ),
    ]),
  ),
);

const config = z.looseObject({ 'api-keys': z.nullable(z.array(z.string())) });

/**
 * What `GET config` tells of all providers' models. A key list whose entry has no models
 * serves the built-in catalogue of its channel; an OpenAI-compatible provider without
 * models serves nothing (recorded v7.2.140, scenarios claude-nomodels, oc-visibility).
 */
export function parseOffers(body: unknown): Parsed<OffersRead> {
  const parsed = config.safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, 'config') };
  const offers = [];
  let hasHidden = false;
  const lists = Object.entries(parsed.data).filter(isProviderList);
  for (const [kind, list] of lists) {
    const entries = offerings.safeParse(list);
    if (!entries.success) return { ok: false, at: kind };
    const enabled = (entries.data ?? []).filter(({ disabled }) => !disabled);
    hasHidden ||= kind !== OPENAI && enabled.some(({ models }) => !models?.length);
    offers.push(...enabled.map((entry) => offerOf(kind, entry)));
  }
  const clientKeys = (parsed.data['api-keys'] ?? []) as Secret[];
  return { ok: true, value: { clientKeys, offers, hasHidden } };
}

const OPENAI = 'openai-compatibility';
/** One key alone is a setting: amp-upstream-api-key (recorded v6.4.1, scenario config-get). */
const isProviderList = ([field, list]: [string, unknown]): boolean =>
  field === OPENAI || (field.endsWith('-api-key') && typeof list !== 'string');

const offerOf = (kind: string, entry: z.infer<typeof offering>) => ({
  provider: entry.name || kind,
  baseUrl: entry['base-url'],
  aliases: (entry.models ?? []).flatMap((m) => servedIds(entry.prefix, m.alias || m.name || '')),
});

/** With a prefix both forms are served, unless the server forces it (recorded v7.2.140, scenario e2e-prefix). */
const servedIds = (prefix: string, alias: string) =>
  prefix === '' ? [alias.trim()] : [alias.trim(), `${prefix}/${alias.trim()}`];

const servedModels = z.object({
  data: z.nullable(z.array(z.object({ id: z.string(), owned_by: z.catch(z.string(), '') }))),
});

export function parseServedModels(body: unknown): Parsed<readonly ServedModel[]> {
  const parsed = servedModels.safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, 'data') };
  const models = parsed.data.data ?? [];
  return { ok: true, value: models.map(({ id, owned_by }) => ({ id, ownedBy: owned_by })) };
}

const upstreamReply = z.object({
  status_code: z.number(),
  header: z.nullish(z.record(z.string(), z.array(z.string()))),
  body: z.string(),
});

/** What `api-call` passes on of an upstream's answer (recorded v7.2.140, scenario api-call). */
export function parseUpstreamReply(
  body: unknown,
): Parsed<{ status: number; contentType: string; body: string }> {
  const parsed = upstreamReply.safeParse(body);
  if (!parsed.success) return { ok: false, at: placeOf(parsed.error, 'status_code') };
  const contentType = parsed.data.header?.['Content-Type']?.[0] ?? '';
  return {
    ok: true,
    value: { status: parsed.data.status_code, contentType, body: parsed.data.body },
  };
}

const serviceRoot = z.object({ message: z.string().check(z.regex(/CLI Proxy API/i)) });

export const isServiceRoot = (body: unknown): boolean => serviceRoot.safeParse(body).success;

const errorReply = z.object({ error: z.string() });

/** The server's own sentence about what went wrong; empty if it gave none. */
export function errorText(body: unknown): string {
  const parsed = errorReply.safeParse(body);
  return parsed.success ? parsed.data.error : '';
}

const clientError = z.object({ error: z.object({ message: z.string() }) });

/** What `/v1` says of a request that failed, in the form of OpenAI or in the server's own. */
export function clientErrorText(body: unknown): string {
  const parsed = clientError.safeParse(body);
  return parsed.success ? parsed.data.error.message : errorText(body);
}

const placeOf = (error: z.core.$ZodError, fallback: string): string =>
  error.issues[0]?.path.join('.') || fallback;
