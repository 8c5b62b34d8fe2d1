import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { useMemo } from 'react';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { movePortBefore, portNoun, type PipelinePort, shiftPort } from '../model/port-order.ts';
import { useEditor } from '../store/editor-context.tsx';

export interface MovePort {
  readonly shift: (port: PipelinePort, by: 'up' | 'down') => void;
  /** `before` null: to the end. */
  readonly moveBefore: (port: PipelinePort, before: string | null) => void;
}

/** Each move is one entry of the history. */
export function useMovePort(): MovePort {
  const { store } = useEditor();
  return useMemo(() => {
    const move = (port: PipelinePort, op: DraftOp | null): void => {
      if (!op || !store.getState().edit([op], { label: `Move the ${portNoun(port)} ${port.name}` }).ok) return;
      const names = Object.keys(store.getState().content.document[port.side]);
      announce(`${port.name} is ${portNoun(port)} ${names.indexOf(port.name) + 1} of ${names.length}`);
    };
    return {
      shift: (port, by) => move(port, shiftPort(store.getState().content.document, port, by)),
      moveBefore: (port, before) => move(port, movePortBefore(store.getState().content.document, port, before)),
    };
  }, [store]);
}
