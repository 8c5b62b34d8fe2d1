import { ActionIcon } from '@mantine/core';
import { IconUserEdit, IconX } from '@tabler/icons-react';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { fieldOfOp, stepOfOp } from '../model/describe-op.ts';
import { useEditor, useEditorState, useSaveView } from '../store/editor-context.tsx';
import { selectSoleStep } from '../store/selectors.ts';
import classes from './conflicts.module.css';

/** Says quietly who has just changed what of the step that is selected. */
export function OthersNote() {
  const { saver } = useEditor();
  const step = useEditorState(selectSoleStep);
  const others = useSaveView((view) => view.others);
  const here = others.filter(({ op }) => step !== null && stepOfOp(op) === step && op.op !== 'layout.move');
  const last = here.at(-1);
  if (!last) return null;
  const fields = [...new Set(here.filter(({ by }) => by === last.by).map(({ op }) => fieldOfOp(op)))];
  return (
    <p className={classes.note} role="status">
      <IconUserEdit size={15} stroke={1.8} aria-hidden />
      <span>
        {last.by === null || last.by === '' ? 'Somebody' : last.by} changed {fields.join(', ')} in another window ·{' '}
        <RelativeTime at={new Date(last.at).toISOString()} />
      </span>
      <ActionIcon aria-label="I have seen it" onClick={() => saver.forgetOthers()}>
        <IconX size={13} stroke={1.8} />
      </ActionIcon>
    </p>
  );
}
