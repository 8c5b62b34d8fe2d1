import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconX } from '@tabler/icons-react';
import { useInternalNode, ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import { useDetailLevel } from '../../../canvas/detail-level.tsx';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { findPutIn, type PutIn } from '../model/put-in.ts';
import { type Editor, useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './put-in-chips.module.css';

/** On each conversion that was put between two steps: what it is there for, and the way to be rid of it. */
export function PutInChips() {
  const document = useEditorState((state) => state.content.document);
  const views = useDerived((derived) => derived.views);
  const level = useDetailLevel();
  const { derived } = useEditor();
  const found = useMemo(() => {
    const edges = derived.getState().flow.edges.flatMap(({ data }) => data?.edge ?? []);
    return findPutIn({ document, edges, views });
  }, [document, views, derived]);
  if (found.length === 0 || (level !== 'full' && level !== 'title')) return null;
  return (
    <ViewportPortal>
      {found.map((putIn) => (
        <PutInChip key={putIn.step} putIn={putIn} />
      ))}
    </ViewportPortal>
  );
}

function PutInChip({ putIn }: { readonly putIn: PutIn }) {
  const editor = useEditor();
  const node = useInternalNode(putIn.step);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (!node) return null;
  const { x, y } = node.internals.positionAbsolute;
  return (
    <div className={`${classes.chip} nodrag nopan`} style={{ transform: `translate(${x + 10}px, ${y - 23}px)` }} data-put-in={putIn.step}>
      <IconArrowsExchange size={12} stroke={2} aria-hidden />
      {putIn.text}
      {!isReadOnly && (
        <Tooltip label="Remove the conversion">
          <ActionIcon size={16} variant="subtle" aria-label={`Remove the conversion ${putIn.step}`} onClick={() => removePutIn(editor, putIn)}>
            <IconX size={12} stroke={2} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

/** What it stood between does not fit without it: the input is open again, and that is said. */
function removePutIn({ store, derived }: Editor, { step, onward }: PutIn): void {
  const { content, edit } = store.getState();
  const { views } = derived.getState();
  const [title, target] = [views.get(step)?.title ?? step, views.get(onward.to.step)?.title ?? onward.to.step];
  if (!edit(removeSteps(content, new Set([step])), { label: `Remove ${title}` }).ok) return;
  const done = `Removed ${title}: ${onward.to.input} of ${target} is open again`;
  announce(done);
  offerUndo(store, done);
}
