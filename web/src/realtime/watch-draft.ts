import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import { listen, type PageSocket } from './socket.ts';
import { watchSequence } from './watch-sequence.ts';

interface WatchedDraft {
  readonly draftId: string;
  readonly afterRevision: number;
  readonly deliver: (edits: readonly DraftEdit[]) => void;
  /** The edits in between are gone: fetch the draft and begin again. */
  readonly onLost: (why: string) => void;
}

/** Delivers every edit of a draft exactly once and in order of revision; one's own come back as well. */
export function watchDraft(socket: PageSocket, { draftId, afterRevision, deliver, onLost }: WatchedDraft): () => void {
  return watchSequence<DraftEdit>(socket, {
    room: `draft:${draftId}`,
    after: afterRevision,
    numberOf: (edit) => edit.revision,
    backlogOf: (reply) => reply.edits ?? [],
    hear: (receive) =>
      listen(socket, {
        event: 'draft:changed',
        payload: serverToClient['draft:changed'].payload,
        handle: (message) => {
          if (message.draftId === draftId) receive(message.edits);
        },
      }),
    deliver,
    onLost,
  });
}
