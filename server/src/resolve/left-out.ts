import { stepTitle } from '@pipewright/shared/graph/validate/step-scope.ts';
import type { LeftOutStep } from '@pipewright/shared/run/plan.ts';
import type { PipelineScope } from './pipeline-scope.ts';

/** What the document has and the run will not, and why; of pipelines inside as well, by keys as `outer/inner`. */
export function leftOutOf(scope: PipelineScope): LeftOutStep[] {
  const { written, prefix, aside, inside } = scope;
  const titleOf = (key: string): string => stepTitle(key, written.jobs[key] ?? { inputs: {}, outputs: {} });
  const own = [...aside].map(([key, why]): LeftOutStep => {
    const base = { key: `${prefix}${key}`, displayName: titleOf(key), kind: why.kind };
    switch (why.kind) {
      case 'disabled':
        return { ...base, text: 'disabled' };
      case 'bypassed':
        return { ...base, text: 'bypassed: what reads it reads what it is given' };
      case 'needs':
        return { ...base, text: `needs ${why.of.map(titleOf).join(', ')}, which is not run` };
    }
  });
  return [...own, ...[...inside.values()].flatMap(leftOutOf)];
}
