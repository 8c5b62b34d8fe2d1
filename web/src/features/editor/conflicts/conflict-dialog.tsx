import { Button, Modal } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { type ConflictRow, conflictRows, type Way } from '../model/conflict-rows.ts';
import type { Review } from '../saving/save-view.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './conflicts.module.css';

interface ConflictDialogProps {
  readonly review: Review;
  readonly isCopying: boolean;
  readonly onCopy: () => void;
  readonly onClose: () => void;
}

/** Edit by edit: what stood here, what somebody else made of it, and what is to be. */
export function ConflictDialog({ review, isCopying, onCopy, onClose }: ConflictDialogProps) {
  const { saver } = useEditor();
  const content = useEditorState((state) => state.content);
  const rows = conflictRows(review, content);
  const letAllBe = (): void => saver.settle(new Set(rows.flatMap(({ edits }) => edits)));
  return (
    <Modal opened onClose={onClose} title="Where two were at work" size={720} centered>
      <ol className={classes.rows} aria-label="Edits to decide about">
        {rows.map((row) => (
          <Row key={`${row.step} ${row.field} ${row.stands}`} row={row} />
        ))}
      </ol>
      <DialogFoot>
        <Button variant="default" loading={isCopying} onClick={onCopy}>
          Keep mine as a copy
        </Button>
        <Button variant="default" onClick={letAllBe}>
          Leave all as they are
        </Button>
      </DialogFoot>
    </Modal>
  );
}

function Row({ row }: { readonly row: ConflictRow }) {
  const { saver, store } = useEditor();
  const views = useDerived((derived) => derived.views);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { step, field, mine, theirs, by, stands, ways, edits } = row;
  const [lost] = edits;
  const keptName = lost && 'step' in lost ? lost.step?.value.display_name : undefined;
  const title = step === null ? 'The pipeline' : (views.get(step)?.title ?? keptName ?? step);
  const take = ({ ops, entry }: Way): void => {
    const edited = store.getState().edit(ops, { label: entry });
    if (!edited.ok) return setRefusal(`That cannot be done: ${edited.message}.`);
    saver.settle(new Set(edits));
  };
  return (
    <li className={classes.row}>
      <h3>
        {title} <span className="pw-t2">{field}</span>
      </h3>
      <dl className={classes.sides}>
        <Side name="Mine" value={mine} stands={stands === 'mine'} />
        <Side name={by === null || by === '' ? 'Theirs' : by} value={theirs} stands={stands === 'theirs'} />
      </dl>
      <span className={classes.ways}>
        {ways.map((way) => (
          <Button key={way.label} size="xs" variant="default" aria-label={`${way.label}: ${title}, ${field}`} onClick={() => take(way)}>
            {way.label}
          </Button>
        ))}
      </span>
      {refusal !== null && <Refusal>{refusal}</Refusal>}
    </li>
  );
}

function Side({ name, value, stands }: { readonly name: string; readonly value: string; readonly stands: boolean }) {
  return (
    <div data-stands={stands || undefined}>
      <dt>
        {name}
        {stands && (
          <span className={classes.stands}>
            <IconCheck size={12} stroke={2} aria-hidden /> stands
          </span>
        )}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
