import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { useEditor } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** What is wrong, under the field it is about, with its fix. */
export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { store } = useEditor();
  const { fix } = problem;
  return (
    <p className={classes.problem} data-severity={problem.severity} data-problem={problem.code}>
      {problem.message}
      {fix?.ops && (
        <button type="button" className={classes.fix} onClick={() => store.getState().edit(fix.ops ?? [], { label: fix.text })}>
          {fix.text}
        </button>
      )}
    </p>
  );
}
