import type { AliasConflict } from './aliases.ts';
import type { Plan } from './plan.ts';
import type { ModelAlias, ProviderKind, ProviderRef } from './provider.ts';

/** A relay key as it is to be imported. */
export interface ImportDraft {
  apiKey: string;
  /** What a new provider would be called. Only `openai-compatibility` has names. */
  name: string;
  /** After the base-URL rules of its kind, see `baseUrlForKind`. Empty: the vendor's own API. */
  baseUrl: string;
  /** `undefined` as long as the relay has not been asked. */
  models: readonly ModelAlias[] | undefined;
}

/** One relay key of a batch, with what the person said about it. */
export interface ImportWish extends ImportDraft {
  /** The caller's own name for the wish; the plan says by it what becomes of which. */
  id: string;
  kind: ProviderKind;
  answers: ImportAnswers;
}

/** What the person said to the decisions of an earlier plan, or ticked in the dialog. */
export interface ImportAnswers {
  /** Where the key goes: to this provider, whatever its base URL, or to a new one. */
  provider?: ProviderRef | 'new' | undefined;
  /** Whether an existing provider gets the draft's models too. */
  addModels?: boolean | undefined;
  /** Serving nothing was wanted knowingly. */
  withoutModels?: boolean | undefined;
  /** Aliases that already mean another model were wanted knowingly. */
  sharedAliases?: boolean | undefined;
  /** A new provider is to serve nothing until somebody switches it on. */
  switchedOff?: boolean | undefined;
  /** What to do with a key that stands already under another provider or kind. */
  keyElsewhere?: 'leave' | 'add' | undefined;
  /** Whether a provider that is switched off stays off when it gets the key. To cancel is to drop the wish. */
  disabledProvider?: 'leave-off' | 'switch-on' | undefined;
}

export interface Candidate extends ProviderRef {
  keys: number;
  models: number;
  disabled: boolean;
}

/** Who holds a key already. */
export interface Holder {
  kind: ProviderKind;
  provider: ProviderRef;
  /** What the entry is called to a person: see `labelOf`. */
  label: string;
  disabled: boolean;
}

/** What has to be asked before anything is written. */
export type Decision =
  | { code: 'same-name'; candidate: Candidate; freeName: string }
  | { code: 'several-providers'; candidates: readonly Candidate[]; freeName: string }
  | { code: 'key-elsewhere'; holders: readonly Holder[] }
  | { code: 'provider-disabled'; provider: string }
  | { code: 'no-models'; provider: string; exists: boolean }
  | { code: 'alias-taken'; conflicts: readonly AliasConflict[] };

/** What is to become of one key. */
export interface Placement {
  id: string;
  /** The list in which the key stands or will stand: that of its holder where it is left there. */
  kind: ProviderKind;
  provider: ProviderRef;
  /** What the entry is called to a person: see `labelOf`. */
  label: string;
  outcome: 'created' | 'added' | 'already-there';
  /** The provider is switched off: it will hold the key and serve nothing. */
  disabled: boolean;
  /** The aliases that the provider will offer. */
  aliases: readonly string[];
}

/** A wish of which nothing is written yet, and what it waits for. */
export type OpenWish =
  | { id: string; needs: 'models' }
  | { id: string; needs: 'decision'; decisions: readonly Decision[] };

/** What a batch comes to. Each wish is either placed or open, and an open one stops no other. */
export interface ImportPlan {
  /** At most one for each kind, and only those that have steps. */
  plans: readonly Plan[];
  placements: readonly Placement[];
  open: readonly OpenWish[];
}

/** What the planner has to know of the server beside its lists. */
export interface PlanningServer {
  /** It serves a provider named `codex` by its built-in channel (recorded v6.8.55 to v7.1.76). */
  takesOverCodex: boolean;
  /** Its `force-model-prefix` is on: a provider with a prefix offers its aliases with it only. Not known means no. */
  forcesPrefix?: boolean;
}
