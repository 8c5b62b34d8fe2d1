import { useCallback } from 'react';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { portNoun, type PipelinePort, shiftPort } from '../model/port-order.ts';
import { useEditor } from '../store/editor-context.tsx';

export type MovePort = (port: PipelinePort, by: 'up' | 'down') => void;

/** Each press is one entry of the history. */
export function useMovePort(): MovePort {
  const { store } = useEditor();
  return useCallback(
    (port, by) => {
      const op = shiftPort(store.getState().content.document, port, by);
      if (!op || !store.getState().edit([op], { label: `Move the ${portNoun(port)} ${port.name}` }).ok) return;
      const names = Object.keys(store.getState().content.document[port.side]);
      announce(`${port.name} is ${portNoun(port)} ${names.indexOf(port.name) + 1} of ${names.length}`);
    },
    [store],
  );
}
