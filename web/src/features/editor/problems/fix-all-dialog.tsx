import { fixProblems, problemId } from '@pipewright/shared/graph/fix-problems.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { validatePipeline } from '@pipewright/shared/graph/validate-pipeline.ts';
import { Button, Checkbox, Modal } from '@mantine/core';
import { useMemo, useState } from 'react';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { placeFix } from '../model/place-fix.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './problems.module.css';

interface FixAllDialogProps {
  readonly problems: readonly Problem[];
  readonly onClose: () => void;
}

/** What *Fix all* will do, fix by fix, before it does it; it is one entry of the history. */
export function FixAllDialog({ problems, onClose }: FixAllDialogProps) {
  const { store } = useEditor();
  const content = useEditorState((state) => state.content);
  const components = useEditorState((state) => state.components);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const fixAll = useMemo(() => {
    const find = ({ document }: typeof content): Problem[] => validatePipeline(document, components);
    return (refused: ReadonlySet<string>) => fixProblems(content, problems, { find, without: refused, place: placeFix });
  }, [content, components, problems]);
  // What is refused stands in its place all the same, so that it can be taken back.
  const offered = useMemo(() => fixAll(new Set()).made, [fixAll]);
  const { ops, made, left } = useMemo(() => fixAll(without), [fixAll, without]);
  const toggle = (id: string): void =>
    setWithout((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const rows = [...offered, ...made.filter(({ problem }) => !offered.some((other) => problemId(other.problem) === problemId(problem)))];
  const title = `Fix ${countOf(made.length, 'problem')}`;
  const fix = (): void => {
    onClose();
    if (store.getState().edit(ops, { label: title }).ok) offerUndo(store, title.replace('Fix', 'Fixed'));
  };
  return (
    <Modal opened onClose={onClose} title="Fix all problems" size={640} centered>
      <p className="pw-sm pw-t2">This is what will be done. It is one step back with Undo.</p>
      <ul className={classes.fixes}>
        {rows.map(({ problem, text }) => {
          const id = problemId(problem);
          return (
            <li key={id}>
              <Checkbox size="xs" checked={!without.has(id)} label={text} description={problem.message} onChange={() => toggle(id)} />
            </li>
          );
        })}
      </ul>
      <p className="pw-sm pw-muted">
        {left.length === 0
          ? 'Nothing is wrong after that.'
          : `${countOf(left.length, 'problem')} will be left: ${left[0]?.message ?? ''}${left.length > 1 ? ' …' : ''}`}
      </p>
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={made.length === 0} onClick={fix} data-autofocus>
          {title}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
