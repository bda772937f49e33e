import type { AliasConflict } from './aliases.ts';
import type { Plan } from './plan.ts';
import type { ModelAlias, ProviderRef } from './provider.ts';

/** A relay key as it is to be imported. */
export interface ImportDraft {
  apiKey: string;
  /** What a new provider would be called. */
  name: string;
  /** After the base-URL rules, see `normaliseBaseUrl`. */
  baseUrl: string;
  /** `undefined` as long as the relay has not been asked. */
  models: readonly ModelAlias[] | undefined;
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
}

export interface Candidate extends ProviderRef {
  keys: number;
  models: number;
  disabled: boolean;
}

/** What has to be asked before anything is written. */
export type Decision =
  | { code: 'same-name'; candidate: Candidate; freeName: string }
  | { code: 'several-providers'; candidates: readonly Candidate[]; freeName: string }
  | { code: 'no-models'; provider: string; exists: boolean }
  | { code: 'alias-taken'; conflicts: readonly AliasConflict[] };

/** What is to become of one key. */
export interface Placement {
  apiKey: string;
  provider: ProviderRef;
  outcome: 'created' | 'added' | 'already-there';
  /** The provider is switched off: it will hold the key and serve nothing. */
  disabled: boolean;
  /** The aliases that the provider will offer. */
  aliases: readonly string[];
}

export type ImportPlan =
  | { status: 'ready'; plan: Plan; placements: readonly Placement[] }
  | { status: 'needs-models' }
  | { status: 'needs-decision'; decisions: readonly Decision[] };

/** What the planner has to know of the server beside its list. */
export interface PlanningServer {
  /** It serves a provider named `codex` by its built-in channel (recorded v6.8.55 to v7.1.76). */
  takesOverCodex: boolean;
}
