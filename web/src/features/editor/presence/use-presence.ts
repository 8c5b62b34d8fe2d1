import { mostShownSteps } from '@pipewright/shared/realtime/presence.ts';
import { useEffect } from 'react';
import { useMyName } from '../../../api/workspace.ts';
import { attendDraft } from '../../../realtime/attend-draft.ts';
import { useSocket } from '../../../realtime/socket.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { tellComings } from './tell-comings.ts';

/** Shows the others where this window is, and learns where they are, while the draft is open. */
export function usePresence(): void {
  const editor = useEditor();
  const socket = useSocket();
  const me = useMyName();
  useEffect(() => (me === null ? undefined : present(editor, { socket, me })), [editor, socket, me]);
}

function present({ draftId, store, presence }: Editor, { socket, me }: { readonly socket: ReturnType<typeof useSocket>; readonly me: string }): () => void {
  const attendance = attendDraft(socket, { draftId, window: crypto.randomUUID(), deliver: presence.takeOver });
  const show = (): void => attendance.show({ name: me, steps: [...store.getState().selectedSteps].slice(0, mostShownSteps) });
  show();
  const stopFollowing = store.subscribe((state, before) => state.selectedSteps !== before.selectedSteps && show());
  const stopTelling = tellComings(presence, me);
  return () => {
    stopFollowing();
    stopTelling();
    attendance.leave();
    presence.takeOver([]);
  };
}
