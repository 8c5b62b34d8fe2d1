import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { Point } from '../../../canvas/geometry.ts';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { useEditor } from '../store/editor-context.tsx';
import { useEditorActions } from './use-editor-actions.ts';
import { isOnCanvas } from './use-editor-commands.ts';

/** Copy, cut and paste of steps by the clipboard's own events: they need no permission, and work across windows. */
export function useClipboard(): void {
  const { store } = useEditor();
  const flow = useReactFlow();
  const actions = useEditorActions();
  useEffect(() => {
    let pointer: Point | null = null;
    let keepsIncoming = false;
    const listening = new AbortController();
    const { signal } = listening;
    const isOurs = (event: ClipboardEvent): boolean => !isTextField(event.target) && isOnCanvas(event.target) && (window.getSelection()?.isCollapsed ?? true);
    const take = (event: ClipboardEvent): boolean => {
      const text = isOurs(event) ? actions.copy() : '';
      if (text === '') return false;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      return true;
    };
    document.addEventListener('copy', take, { signal });
    document.addEventListener('cut', (event) => take(event) && actions.deleteSelected(), { signal });
    document.addEventListener(
      'paste',
      (event) => {
        if (!isOurs(event) || store.getState().isReadOnly) return;
        const at = pointer && flow.screenToFlowPosition(pointer);
        if (actions.paste(event.clipboardData?.getData('text/plain') ?? '', { at, keepsIncoming })) event.preventDefault();
      },
      { signal },
    );
    // Where the pointer is decides where it is pasted; Shift, pressed along, keeps what the copies read.
    document.addEventListener(
      'pointermove',
      ({ clientX, clientY, target }) => {
        const isOver = target instanceof Element && target.closest('[data-canvas]') !== null;
        pointer = isOver ? { x: clientX, y: clientY } : null;
      },
      { signal, passive: true },
    );
    document.addEventListener('keydown', (event) => (keepsIncoming = event.shiftKey), { signal, capture: true });
    return () => listening.abort();
  }, [store, flow, actions]);
}
