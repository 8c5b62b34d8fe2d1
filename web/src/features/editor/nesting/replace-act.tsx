import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { useEditor } from '../store/editor-context.tsx';

interface ReplaceActProps {
  readonly step: string;
  readonly className: string | undefined;
  readonly tabIndex?: number;
}

/** Whether another component in its place would mend it: what it uses is not there. */
export function isMendedByReplacing({ code, step, fix }: Problem): boolean {
  return (code === 'unregistered-component' || code === 'missing-component') && fix === undefined && step !== undefined && !step.includes('/');
}

/** Chooses another component for a step whose own is not there. */
export function ReplaceAct({ step, className, tabIndex }: ReplaceActProps) {
  const { store } = useEditor();
  return (
    <button
      type="button"
      className={className}
      tabIndex={tabIndex}
      onClick={({ currentTarget }) => {
        const { left, top } = currentTarget.getBoundingClientRect();
        store.getState().open({ kind: 'nesting', dialog: { kind: 'choose-component', step, at: { x: left, y: top } } });
      }}
    >
      Use another component…
    </button>
  );
}
