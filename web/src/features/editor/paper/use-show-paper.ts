import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useEditor } from '../store/editor-context.tsx';

interface ShowPaper {
  /** Selects it and brings it into view. */
  readonly showNote: (note: string) => void;
}

export function useShowPaper(): ShowPaper {
  const { store } = useEditor();
  const flow = useReactFlow();
  return useMemo(
    () => ({
      showNote: (id) => {
        const note = store.getState().content.layout.notes[id];
        if (!note) return;
        store.getState().select({ notes: [id] });
        void flow.setCenter(note.x + note.width / 2, note.y + note.height / 2, { zoom: Math.max(flow.getZoom(), 0.5), duration: 160 });
      },
    }),
    [store, flow],
  );
}
