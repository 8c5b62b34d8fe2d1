import { useEffect, useState } from 'react';
import { type PageSocket, useSocket } from '../../realtime/socket.ts';
import { createOpenCommentsStore } from './comments/open-comments.ts';
import { createPresenceStore } from './presence/presence-store.ts';
import { followDraft } from './saving/follow-draft.ts';
import { createHttpDraftTransport } from './saving/http-draft-transport.ts';
import { createIdbJournal } from './saving/journal.ts';
import { type DraftSession, openDraft } from './saving/open-draft.ts';
import { createDerivedStore } from './store/derived-store.ts';
import type { Editor } from './store/editor-context.tsx';

export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly editor: Editor; readonly lastRun: string | null }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Opens a draft for as long as a component shows it: journal, server, socket, and the last words when the page goes. */
export function useDraftSession(draftId: string): SessionState {
  const socket = useSocket();
  const [state, setState] = useState<SessionState>({ kind: 'opening' });
  useEffect(() => {
    const ending = new AbortController();
    const open = async (): Promise<void> => {
      try {
        const session = await openDraft({ draftId, clientId: crypto.randomUUID(), transport: createHttpDraftTransport(draftId), journal: createIdbJournal() });
        if (ending.signal.aborted) await session.saver.close();
        else setState({ kind: 'open', editor: attend(session, { socket, signal: ending.signal }), lastRun: session.lastRun });
      } catch (error) {
        if (!ending.signal.aborted) setState({ kind: 'failed', error });
      }
    };
    void open();
    return () => ending.abort();
  }, [draftId, socket]);
  return state;
}

interface Attendance {
  readonly socket: PageSocket;
  readonly signal: AbortSignal;
}

/** Ties an open draft to the world until the signal: others' edits, the connection, the end of the page. */
function attend(session: DraftSession, { socket, signal }: Attendance): Editor {
  const { store, saver, lookAround, draftId, editedComponent } = session;
  const derived = createDerivedStore(store, saver.view);
  followDraft(session, socket);
  window.addEventListener('online', () => saver.retryNow(), { signal });
  const leave = (): void => {
    saver.sendLastWords();
    saver.markLeft(true);
  };
  window.addEventListener('pagehide', leave, { signal });
  // The one case in which leaving loses something: neither the server nor this device has it.
  window.addEventListener('beforeunload', (event) => saver.wouldLose && event.preventDefault(), { signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && saver.markLeft(false), { signal });
  const turn = (): void => (document.visibilityState === 'hidden' ? saver.sendLastWords() : lookAround());
  document.addEventListener('visibilitychange', turn, { signal });
  signal.addEventListener('abort', () => {
    derived[Symbol.dispose]();
    void saver.close();
  });
  return { draftId, store, derived: derived.store, saver, presence: createPresenceStore(), openComments: createOpenCommentsStore(), editedComponent };
}
