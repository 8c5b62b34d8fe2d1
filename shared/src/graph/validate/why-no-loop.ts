import { controlKindOf } from '../../azure/control-steps.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import type { PipelineScope } from './step-scope.ts';

/** What a step is that cannot be done again and again; `text` goes on from "is". */
export interface NoLoop {
  readonly kind: 'control-step' | 'last-step' | 'pipeline' | 'sweep';
  readonly text: string;
}

/** Why a step cannot be a loop, whichever way that is said: with `for_each` or `repeat`, or as the body of Azure's loops. */
export function whyNoLoop(scope: PipelineScope, key: string): NoLoop | null {
  const step = stepOf(scope.document, key);
  if (step && controlKindOf(step) !== null) return { kind: 'control-step', text: 'a branch or a loop itself' };
  if (scope.interfaceOf(key)?.type === 'pipeline') return { kind: 'pipeline', text: 'a pipeline' };
  if (step?.trial !== undefined) return { kind: 'sweep', text: 'a sweep' };
  return scope.document.settings.on_finalize === key ? { kind: 'last-step', text: 'the step that runs last' } : null;
}

/** What a step is besides the body of a loop, where it is to be no more than that: Azure's loops take its place. */
export function whyNoBody({ document }: PipelineScope, key: string): string | null {
  const step = stepOf(document, key);
  if (step?.for_each !== undefined || step?.repeat !== undefined) return 'a loop of its own';
  return document.settings.on_init === key ? 'the step that runs first' : null;
}
