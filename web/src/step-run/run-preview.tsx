import type { Run } from '@pipewright/shared/http/runs.ts';
import { useCallback } from 'react';
import { PreviewDrawer } from '../preview/preview-drawer.tsx';
import { stepOfKey } from './step-of-key.ts';

/** The drawer with what a step of a run has put out, whichever the address names. */
export function RunPreview({ run }: { readonly run: Run }) {
  const { snapshot } = run;
  const describe = useCallback(
    (step: string) => {
      const resolved = stepOfKey(snapshot, step);
      if (!resolved) return null;
      return { title: resolved.displayName, outputs: Object.fromEntries(Object.entries(resolved.outputs).map(([name, { type }]) => [name, type])) };
    },
    [snapshot],
  );
  return <PreviewDrawer run={run.id} describe={describe} />;
}
