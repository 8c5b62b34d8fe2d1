import type { Run } from '@pipewright/shared/http/runs.ts';
import { useCallback } from 'react';
import { PreviewDrawer } from '../preview/preview-drawer.tsx';
import { outputsOfStep } from './outputs-of-step.ts';

/** The drawer with what a step of a run has put out, whichever the address names. */
export function RunPreview({ run }: { readonly run: Run }) {
  const { snapshot } = run;
  const describe = useCallback((step: string) => outputsOfStep(snapshot, step), [snapshot]);
  return <PreviewDrawer run={run.id} describe={describe} />;
}
