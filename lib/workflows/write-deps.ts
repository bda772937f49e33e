import type { Plan } from '../core/changes/plan.ts';
import type { ProviderEntry } from '../core/changes/provider.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { Result } from '../core/result.ts';
import type { ReadDeps } from './read-list.ts';

/** How far a change has come. */
export type Stage = 'reading' | 'writing' | 'verifying';

/** Who keeps what is about to be written, so that it can be finished, told and taken back. */
export interface Witness {
  /** Before each request. Where it cannot be kept, nothing is sent. */
  beforeWrite(plan: Plan, entries: readonly ProviderEntry[]): Promise<Result<void, Failure>>;
  afterWrite(): Promise<void>;
}

export interface WriteDeps extends ReadDeps {
  onStage(stage: Stage): void;
  witness: Witness;
}
