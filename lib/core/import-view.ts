import type { DiffLine } from './changes/diff-lines.ts';
import type { Decision, ImportAnswers } from './changes/import.ts';
import type { ModelAlias, ProviderKind, ProviderRef } from './changes/provider.ts';
import type { Failure, ModelsFailure, ModelsWay } from './failures/failure.ts';
import type { BaseUrlNote } from './relay/base-url.ts';

/** What a person edits in the import dialog. */
export interface ImportForm {
  kind: ProviderKind;
  name: string;
  baseUrl: string;
  models: readonly ModelAlias[];
  answers: ImportAnswers;
}

/** The import dialog, prefilled. */
export interface ImportDialog {
  keyId: string;
  keyName: string;
  mask: string;
  server: { id: string; name: string };
  form: ImportForm;
  /** The provider of the same base URL that gets the key, if there is one. */
  existing?: (ProviderRef & { models: number; disabled: boolean }) | undefined;
  /** The relay's base URL in the form of each list; empty where the vendor's own API needs none. */
  baseUrls: Readonly<Record<ProviderKind, string>>;
  baseUrlNotes: readonly BaseUrlNote[];
  /** An OpenAI-style address in place of the Anthropic-style one that was entered. */
  insteadOf?: string | undefined;
  models: ModelsState;
  /** Which providers offer an alias already, by alias. */
  pools: Readonly<Record<string, readonly string[]>>;
  /** A new provider can be imported switched off: the server is known to honour that. */
  canSwitchOff: boolean;
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
  /** One that comes, goes, or is changed in what the lines after it say. */
  | { sign: '+' | '-' | '~'; what: 'provider'; name: string; baseUrl: string }
  | { sign: '+' | '-'; what: 'keys'; count: number; masks: readonly string[] }
  | { sign: '+' | '-'; what: 'models'; count: number; aliases: readonly string[] }
  /** Any other field, secrets masked; an absent value is an empty text. */
  | { sign: '~'; what: 'field'; field: string; from: string; to: string }
  | { sign: '~'; what: 'order'; providers: number }
  | { sign: '='; what: 'entry'; keys: number; models: number }
  | { sign: '='; what: 'list'; providers: number };

/** What an import of several keys would do to one server. */
export interface BatchPreview {
  server: { id: string; name: string };
  /** The server could not be read: nothing can be told of it. */
  failure?: Failure | undefined;
  /** Keys that go into a new provider, into one that is there, and those that stand already. */
  counts: { created: number; added: number; there: number };
  /** The lists that would be written. */
  lists: readonly ListPreview[];
  /** Keys of which nothing would be written yet. */
  waiting: readonly WaitingKey[];
}

interface ListPreview {
  kind: ProviderKind;
  lines: readonly ChangeLine[];
  diff: readonly DiffLine[];
  write: 'PATCH' | 'PUT';
}

export interface WaitingKey {
  id: string;
  name: string;
  host: string;
  /** What it waits for. The decisions are named where the server's list shows them. */
  failure: Failure;
  decisions: readonly Decision[];
}

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
