import type { ImportDraft } from '../core/changes/import.ts';
import { hasManyKeys } from '../core/changes/kinds.ts';
import type { ModelAlias } from '../core/changes/provider.ts';
import type { InputFailure } from '../core/failures/failure.ts';
import type { ImportForm } from '../core/import-view.ts';
import { parseKeyAddress, parseKindAddress } from '../core/keys/relay-address.ts';
import type { RelayKey } from '../core/keys/relay-key.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Secret } from '../core/secrets.ts';
import { knownModels } from './read-models.ts';
import type { Worker } from './worker.ts';

/** What the import dialog's form means: the same for its preview and for the import. */
export async function draftOf(
  form: ImportForm,
  { key, apiKey }: { key: RelayKey; apiKey: Secret },
  worker: Worker,
): Promise<Result<ImportDraft, InputFailure>> {
  const models = form.models.map(trimmed).filter(({ upstream }) => upstream !== '');
  const base = await baseUrlOf(form, key, worker);
  return base.ok ? ok({ apiKey, name: form.name, baseUrl: base.value, models }) : base;
}

async function baseUrlOf(
  form: ImportForm,
  key: RelayKey,
  worker: Worker,
): Promise<Result<string, InputFailure>> {
  if (!hasManyKeys(form.kind)) return parseKindAddress(form.kind, form.baseUrl, key);
  const address = parseKeyAddress(form.baseUrl, key);
  if (!address.ok) return address;
  const { style, baseUrl, unversioned } = address.value;
  if (style === 'anthropic') return fail({ code: 'input/anthropic-style' });
  const known = await knownModels(key, baseUrl, worker);
  // The rules would add a version also where the relay answered without one.
  const answered = known?.baseUrl === unversioned ? unversioned : undefined;
  return ok(answered ?? baseUrl);
}

/** Servers store blanks around model names and do not find the model then (recorded v7.2.140, scenario oc-patch-models). */
function trimmed({ upstream, alias }: ModelAlias): ModelAlias {
  return { upstream: upstream.trim(), alias: alias.trim() || upstream.trim() };
}
