import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { usePointerOnCanvas } from '../canvas/use-pointer-on-canvas.ts';
import { useEditor } from '../store/editor-context.tsx';
import { useEditorActions } from './use-editor-actions.ts';
import { isOnCanvas } from './is-on-canvas.ts';

/** Copy, cut and paste of steps by the clipboard's own events: they need no permission, and work across windows. Pasted is at the pointer. */
export function useClipboard(): void {
  const { store } = useEditor();
  const flow = useReactFlow();
  const actions = useEditorActions();
  const pointer = usePointerOnCanvas();
  useEffect(() => {
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
    document.addEventListener('cut', (event) => take(event) && actions.deleteCopied(), { signal });
    document.addEventListener(
      'paste',
      (event) => {
        if (!isOurs(event) || store.getState().isReadOnly) return;
        event.preventDefault();
        const { point } = pointer.current;
        const at = point && flow.screenToFlowPosition(point);
        actions.paste(event.clipboardData?.getData('text/plain') ?? '', { at, keepsIncoming });
      },
      { signal },
    );
    // Shift, pressed along, keeps what the copies read.
    document.addEventListener('keydown', (event) => (keepsIncoming = event.shiftKey), { signal, capture: true });
    return () => listening.abort();
  }, [store, flow, actions, pointer]);
}
