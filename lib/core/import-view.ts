import type { DiffLine } from './changes/diff-lines.ts';
import type { Decision, ImportAnswers } from './changes/import.ts';
import type { ModelAlias, ProviderRef } from './changes/provider.ts';
import type { Failure, ModelsFailure, ModelsWay } from './failures/failure.ts';
import type { BaseUrlNote } from './relay/base-url.ts';

/** What a person edits in the import dialog. */
export interface ImportForm {
  name: string;
  baseUrl: string;
  models: readonly ModelAlias[];
  answers: ImportAnswers;
}

/** Why the dialog opened although an import was asked for with one click. */
export type DialogReason =
  | 'asked'
  | 'models-unavailable'
  | 'no-models'
  | 'many-models'
  | 'decision'
  | 'anthropic-style';

/** The import dialog, prefilled. */
export interface ImportDialog {
  keyId: string;
  keyName: string;
  mask: string;
  server: { id: string; name: string };
  form: ImportForm;
  /** The provider of the same base URL that gets the key, if there is one. */
  existing?: (ProviderRef & { models: number; disabled: boolean }) | undefined;
  baseUrlNotes: readonly BaseUrlNote[];
  /** An OpenAI-style address in place of the Anthropic-style one that was entered. */
  insteadOf?: string | undefined;
  models: ModelsState;
  /** Which providers offer an alias already, by alias. */
  pools: Readonly<Record<string, readonly string[]>>;
  /** The server's list could not be read: what would change cannot be told. */
  serverFailure?: Failure | undefined;
}

/** The relay's model list, as far as it is known. */
export type ModelsState =
  | { state: 'unasked' }
  | { state: 'reading' }
  | { state: 'read'; upstream: readonly string[]; way: ModelsWay; baseUrl: string; readAt: number }
  | { state: 'failed'; failure: ModelsFailure };

/** One line of a change in words. */
export type ChangeLine =
  | { sign: '+'; what: 'provider'; name: string; baseUrl: string }
  | { sign: '+'; what: 'keys'; count: number; masks: readonly string[] }
  | { sign: '+'; what: 'models'; count: number; aliases: readonly string[] }
  | { sign: '='; what: 'entry'; keys: number; models: number }
  | { sign: '='; what: 'list'; providers: number };

/** What an import would do, before it is done. */
export interface ImportPreview {
  /** What has to be decided, answered or not. */
  decisions: readonly Decision[];
  /** Whether something is left to be answered: then nothing can be told or written yet. */
  isOpen: boolean;
  provider: string;
  lines: readonly ChangeLine[];
  diff: readonly DiffLine[];
  /** How it would be written; absent where nothing is. */
  write?: 'PATCH' | 'PUT' | undefined;
}
