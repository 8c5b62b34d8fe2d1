import { join } from 'node:path';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { RememberedLocks } from '../environments/remembered-locks.ts';
import { Differences } from '../scheduler/differences.ts';
import { planRun } from '../scheduler/plan-run.ts';
import { pinStandIns } from '../scheduler/take-over.ts';
import { resolveOffline } from './offline-planner.ts';
import type { PipelineArgument } from './pipeline-argument.ts';
import type { Remembered } from './remembered.ts';

/** Plans without owning the data folder: by what is remembered, changing none of it. */
export async function planOffline(remembered: Remembered, source: PipelineArgument, options: RunOptions): Promise<Plan> {
  const resolved = await resolveOffline(remembered, source, options);
  if (!resolved.ok) return { steps: [], problems: resolved.problems };
  const { home, store } = remembered;
  const memory = {
    store,
    artifacts: createArtifactStore(join(home, 'objects'), Date.now),
    differences: new Differences(),
    locks: new RememberedLocks(join(home, 'environments')),
    scratch: resolved.scratch,
  };
  const { snapshot, problems } = await pinStandIns(memory, { ...resolved.run, origin: resolved.origin });
  const { steps } = await planRun(memory, snapshot, resolved.origin);
  const { leftOut } = resolved.run;
  return { steps, problems: [...resolved.problems, ...problems], leftOut: [...leftOut] };
}
