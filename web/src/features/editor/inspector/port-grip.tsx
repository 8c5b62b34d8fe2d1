import type { PointerEvent, ReactNode } from 'react';
import { portNoun, type PipelinePort } from '../model/port-order.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { type MovePort, useMovePort } from './use-move-port.ts';
import classes from './inspector.module.css';

/** On the screen: a press that moves less is a press. */
const stillWithin = 3;

/** By what an input or an output of the pipeline is dragged to another place among its fellows. By keys it is moved with Alt and the arrows. */
export function PortGrip({ port, children }: { readonly port: PipelinePort; readonly children: ReactNode }) {
  const isFixed = useEditorState((state) => state.isReadOnly || Object.keys(state.content.document[port.side]).length < 2);
  const { moveBefore } = useMovePort();
  if (isFixed) return children;
  return (
    <span
      className={classes.portGrip}
      data-port-grip={port.name}
      title={`Drag to put the ${portNoun(port)} elsewhere, or Alt with an arrow`}
      onPointerDown={(event) => dragPort(event, port, moveBefore)}
    >
      {children}
    </span>
  );
}

/** The row goes to where the pointer lets it go; Esc leaves it where it is. */
function dragPort(event: PointerEvent<HTMLElement>, port: PipelinePort, moveBefore: MovePort['moveBefore']): void {
  const attribute = port.side === 'inputs' ? 'data-pipeline-input' : 'data-pipeline-output';
  const own = event.currentTarget.closest<HTMLElement>(`[${attribute}]`);
  if (event.button !== 0 || !own?.parentElement) return;
  event.preventDefault();
  const rows = [...own.parentElement.querySelectorAll<HTMLElement>(`[${attribute}]`)];
  const following = new AbortController();
  const { signal } = following;
  const { pointerId, clientY: from } = event;
  /** The row before which it would come to stand, null for the end; undefined as long as nothing is dragged. */
  let target: HTMLElement | null | undefined;
  const unmark = (): void => {
    for (const row of rows) {
      delete row.dataset['drop'];
      delete row.dataset['dragged'];
    }
  };
  const mark = (): void => {
    unmark();
    own.dataset['dragged'] = '';
    if (target) target.dataset['drop'] = 'before';
    else if (rows.at(-1)) rows.at(-1)?.setAttribute('data-drop', 'after');
  };
  const stop = (): void => {
    following.abort();
    unmark();
  };
  const follow = ({ pointerId: id, clientY }: globalThis.PointerEvent): void => {
    if (id !== pointerId || (target === undefined && Math.abs(clientY - from) < stillWithin)) return;
    target = rows.find((row) => clientY < middleOf(row)) ?? null;
    mark();
  };
  const letGo = ({ pointerId: id }: globalThis.PointerEvent): void => {
    if (id !== pointerId) return;
    stop();
    if (target !== undefined) moveBefore(port, target?.getAttribute(attribute) ?? null);
  };
  window.addEventListener('pointermove', follow, { signal });
  window.addEventListener('pointerup', letGo, { signal });
  window.addEventListener('pointercancel', stop, { signal });
  // Before anything else closes by it.
  window.addEventListener('keydown', (pressed) => pressed.key === 'Escape' && (pressed.stopPropagation(), stop()), { signal, capture: true });
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
