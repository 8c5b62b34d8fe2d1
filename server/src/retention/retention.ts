import type { GarbageReport, IntegrityReport } from '@pipewright/shared/http/gc.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { RunRemoval } from '../store/retention-store.ts';

/**
 * Gives the disk back what nobody needs: one job at a time, in the process that owns the data folder, while runs go on.
 * What a run that has not ended refers to is never touched.
 */
export interface Retention extends AsyncDisposable {
  collect(request: { readonly dryRun: boolean; readonly keepDays: number }): Promise<GarbageReport>;
  /** Reads every object again; what is damaged is put aside, so that it is neither handed out nor reused. */
  verify(request: { readonly dryRun: boolean }): Promise<IntegrityReport>;
  /** With its logs and working copies; the artifacts stay until the next collection finds them unneeded. */
  removeRun(run: RunId): Promise<RunRemoval>;
  /** Goes on with what a process that died was deleting. Not waited for. */
  finishEarlier(): void;
}
