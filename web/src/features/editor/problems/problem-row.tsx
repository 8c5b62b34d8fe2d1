import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { isMendedByReplacing, ReplaceAct } from '../nesting/replace-act.tsx';
import { type Listed, messageOf, severityOf, stepOfRow } from '../model/listed-problems.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { applyFix } from './apply-fix.ts';
import classes from './problems.module.css';

export interface Pointing {
  readonly onGo: (row: Listed) => void;
  /** What the pointer or the keyboard is at; null: at none. */
  readonly onPoint: (row: Listed | null) => void;
}

interface ProblemRowProps extends Pointing {
  readonly row: Listed;
  /** What the step is called, where the rows are not under its name. */
  readonly stepTitle?: string | undefined;
  /** Where the keyboard enters the list; undefined in the bar, where each is a stop. */
  readonly isStop?: boolean | undefined;
}

/** One problem or failure: what kind, what about, the sentence, and the way out. */
export function ProblemRow({ row, stepTitle, isStop, onGo, onPoint }: ProblemRowProps) {
  const message = messageOf(row);
  const step = stepOfRow(row);
  const isUnsaid = stepTitle !== undefined && step !== undefined && !message.includes(stepTitle) && !message.includes(step);
  const tabIndex = isStop === undefined || isStop ? 0 : -1;
  return (
    <li
      className={classes.line}
      data-severity={severityOf(row)}
      data-problem={row.kind === 'problem' ? row.problem.code : 'failed'}
      onPointerEnter={() => onPoint(row)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => onPoint(row)}
      onBlur={() => onPoint(null)}
    >
      <RowIcon row={row} />
      <button type="button" className={classes.text} data-problem-row={row.id} tabIndex={tabIndex} title={message} onClick={() => onGo(row)}>
        {isUnsaid && <b className={classes.where}>{stepTitle}</b>}
        {message}
      </button>
      <RowAct row={row} tabIndex={tabIndex} onGo={onGo} />
    </li>
  );
}

function RowIcon({ row }: { readonly row: Listed }) {
  if (row.kind === 'failure') return <StatusIcon status="failed" label="Failed" />;
  const Icon = row.problem.severity === 'note' ? IconInfoCircle : IconAlertTriangle;
  return <Icon size={14} stroke={1.8} aria-label={row.problem.severity} role="img" />;
}

function RowAct({ row, tabIndex, onGo }: { readonly row: Listed; readonly tabIndex: number; readonly onGo: Pointing['onGo'] }) {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (row.kind === 'failure') {
    const show = (): void => {
      onGo(row);
      editor.store.getState().setLogOpen(true);
    };
    return (
      <button type="button" className={classes.act} tabIndex={tabIndex} onClick={show}>
        Show the log
      </button>
    );
  }
  const { fix, step = '' } = row.problem;
  if (isMendedByReplacing(row.problem) && !isReadOnly) return <ReplaceAct step={step} className={classes.act} tabIndex={tabIndex} />;
  if (!fix) return null;
  // What only a hand can do is said all the same.
  if (!fix.ops || isReadOnly) return <span className={classes.advice}>{fix.text}</span>;
  return (
    <button type="button" className={classes.act} tabIndex={tabIndex} onClick={() => applyFix(editor, row.problem)}>
      {fix.text}
    </button>
  );
}
