import { IconDots } from '@tabler/icons-react';
import { memo } from 'react';
import { useEditor } from '../store/editor-context.tsx';
import classes from './step-tools.module.css';

/** The three dots in the head of a node. Plain, because a thousand nodes have them: a tooltip of the page's kind costs more than the rest of a node. */
export const StepTools = memo(function StepTools({ step }: { readonly step: string }) {
  const { store } = useEditor();
  return (
    <button
      type="button"
      className={classes.dots}
      aria-label="Actions"
      title="What can be done with this step"
      // The step itself is the stop of the keyboard; its menu opens with the menu key as well.
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        store.getState().select({ steps: [step] });
        store.getState().open({ kind: 'step-menu', at: { x: left, y: bottom + 4 }, step });
      }}
    >
      <IconDots size={15} stroke={1.8} />
    </button>
  );
});
