import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { isMendedByReplacing, ReplaceAct } from '../nesting/replace-act.tsx';
import { applyFix } from '../problems/apply-fix.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** What is wrong, under the field it is about, with its fix. */
export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { fix, step = '' } = problem;
  return (
    <p className={classes.problem} data-severity={problem.severity} data-problem={problem.code}>
      {problem.message}
      {isMendedByReplacing(problem) && !isReadOnly && <ReplaceAct step={step} className={classes.fix} />}
      {fix?.ops && !isReadOnly && (
        <button type="button" className={classes.fix} onClick={() => applyFix(editor, problem)}>
          {fix.text}
        </button>
      )}
    </p>
  );
}
