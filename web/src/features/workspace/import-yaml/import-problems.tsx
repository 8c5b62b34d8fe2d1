import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { Button, Modal } from '@mantine/core';
import { countOf } from '../../../ui/format/number.ts';
import classes from '../workspace.module.css';

interface ImportProblemsProps {
  readonly outcome: { readonly file: string; readonly problems: readonly Problem[]; readonly draft: string | null } | null;
  readonly onClose: () => void;
  readonly onChooseAnother: () => void;
  readonly onOpenDraft: (draft: string) => void;
}

/** What is wrong with a file, with line and column, and the ways on. */
export function ImportProblems({ outcome, onClose, onChooseAnother, onOpenDraft }: ImportProblemsProps) {
  const draft = outcome?.draft ?? null;
  const count = outcome?.problems.length ?? 0;
  return (
    <Modal opened={outcome !== null} onClose={onClose} title={outcome?.file ?? ''} size={560} centered>
      <p className="pw-t2">
        {draft === null ? 'No draft was made: the file cannot be read as a pipeline.' : `A draft was made of it, with ${countOf(count, 'problem')} to mend.`}
      </p>
      <ul className={classes.problemList}>
        {outcome?.problems.map((problem, index) => (
          <li key={index} className={classes.problem} data-problem={problem.code}>
            <span className="pw-mono pw-muted">{problem.line === undefined ? '' : `${problem.line}:${problem.column ?? 1}`}</span>
            <span>{problem.message}</span>
          </li>
        ))}
      </ul>
      <span className="pw-row" style={{ justifyContent: 'flex-end' }}>
        <Button
          variant="default"
          onClick={() => {
            onClose();
            onChooseAnother();
          }}
        >
          Choose another file
        </Button>
        {draft !== null && <Button onClick={() => onOpenDraft(draft)}>Open the draft</Button>}
      </span>
    </Modal>
  );
}
