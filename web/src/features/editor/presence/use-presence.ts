import type { Person } from '@pipewright/shared/realtime/presence.ts';
import { mostShownSteps } from '@pipewright/shared/realtime/presence.ts';
import { useEffect } from 'react';
import { useMyName } from '../../../api/workspace.ts';
import { attendDraft } from '../../../realtime/attend-draft.ts';
import { useSocket } from '../../../realtime/socket.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { type Editor, useEditor } from '../store/editor-context.tsx';

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

/** Who is gone for less than this was only disconnected: a restart of the server is no farewell of everybody. */
const goneAfterMs = 3000;

/** Says to who listens that somebody came or went; windows of one's own are no news. */
function tellComings(presence: Editor['presence'], me: string): () => void {
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();
  const namesOf = (people: readonly Person[]): Set<string> => new Set(people.map(({ name }) => name).filter((name) => name !== me));
  const stop = presence.subscribe(({ people }, before) => {
    const [now, then] = [namesOf(people), namesOf(before.people)];
    const come = [...now].filter((name) => !then.has(name));
    for (const name of come) {
      const farewell = leaving.get(name);
      clearTimeout(farewell);
      leaving.delete(name);
      if (farewell === undefined) announce(`${name} has opened this draft`);
    }
    for (const name of then) {
      if (now.has(name)) continue;
      const farewell = setTimeout(() => {
        leaving.delete(name);
        announce(`${name} has left this draft`);
      }, goneAfterMs);
      leaving.set(name, farewell);
    }
  });
  return () => {
    stop();
    for (const farewell of leaving.values()) clearTimeout(farewell);
  };
}
