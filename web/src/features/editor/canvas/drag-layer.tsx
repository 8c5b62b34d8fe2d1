import { useStore as useFlowStore, ViewportPortal } from '@xyflow/react';
import { IconArrowBarToDown, IconBan, IconFrame } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { boxAround, edgeMiddle, edgePath, nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import type { EdgeTarget } from '../model/edge-target.ts';
import type { HelperLine } from '../model/helper-lines.ts';
import { useEditor } from '../store/editor-context.tsx';
import { dragMarksOf } from './drag-marks.ts';
import classes from './drag-layer.module.css';

/** While something is dragged: the lines it stands in, the edge it would go into, the copies in the hand. */
export function DragLayer() {
  const { store } = useEditor();
  const { lines, target, ghosts, frames } = useStore(dragMarksOf(store));
  const words = target ? '' : (frames?.text ?? '');
  if (lines.length === 0 && !target && ghosts.length === 0 && words === '') return null;
  return (
    <ViewportPortal>
      <div className={classes.layer} aria-hidden>
        {lines.length > 0 && <HelperLines lines={lines} />}
        {target && <TargetEdge target={target} />}
        {words !== '' && <FrameWords text={words} />}
        {ghosts.map(({ x, y, title }, index) => (
          <div key={index} className={classes.ghost} style={{ transform: `translate(${x}px, ${y}px)`, width: nodeWidth, height: nodeHeight }}>
            {title}
          </div>
        ))}
      </div>
    </ViewportPortal>
  );
}

/** One pixel wide on the screen, at any zoom. */
function HelperLines({ lines }: { readonly lines: readonly HelperLine[] }) {
  const width = 1 / useFlowStore((state) => state.transform[2]);
  return lines.map(({ axis, at, from, to }) => {
    const place =
      axis === 'x'
        ? { left: at - width / 2, top: from - 12, width, height: to - from + 24 }
        : { left: from - 12, top: at - width / 2, width: to - from + 24, height: width };
    return <div key={axis} className={classes.line} data-helper-line={axis} style={place} />;
  });
}

/** At the pointer: which frame the steps come into, or leave. */
function FrameWords({ text }: { readonly text: string }) {
  const { derived, store } = useEditor();
  const places = useStore(derived, ({ flow }) => {
    const box = boxAround(
      flow.nodes.filter(({ id }) => store.getState().selectedSteps.has(id)).map(({ position, measured }) => ({ ...position, ...measured })),
    );
    return box ? `${box.x + box.width / 2} ${box.y}` : '';
  });
  const [x, y] = places.split(' ').map(Number);
  if (x === undefined || y === undefined) return null;
  return (
    <div className={classes.words} data-frame-drop style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y - 24}px)` }}>
      <IconFrame size={14} stroke={2} />
      {text}
    </div>
  );
}

function TargetEdge({ target }: { readonly target: EdgeTarget }) {
  const isWelcome = target.ports !== null;
  const { x, y } = edgeMiddle(target.from, target.to);
  const Icon = isWelcome ? IconArrowBarToDown : IconBan;
  return (
    <>
      <svg className={classes.edge} data-refused={!isWelcome || undefined}>
        <path d={edgePath(target.from, target.to)} />
      </svg>
      <div
        className={classes.words}
        data-edge-target={isWelcome ? 'welcome' : 'refused'}
        // Over what is held, which hides the middle of the edge.
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y - nodeHeight * 0.8}px)` }}
      >
        <Icon size={14} stroke={2} />
        {target.text}
      </div>
    </>
  );
}
