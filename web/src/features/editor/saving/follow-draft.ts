import { watchDraft } from '../../../realtime/watch-draft.ts';
import type { PageSocket } from '../../../realtime/socket.ts';
import type { DraftSession } from './open-draft.ts';

/** Hears of others' edits until the draft is closed; where some are no longer kept, it is read anew and followed from there. */
export function followDraft({ saver, draftId }: Pick<DraftSession, 'saver' | 'draftId'>, socket: PageSocket): void {
  let stop = (): void => {};
  const follow = (): void => {
    if (saver.signal.aborted) return;
    stop = watchDraft(socket, {
      draftId,
      afterRevision: saver.view.getState().revision,
      deliver: (edits) => saver.receive(edits),
      onLost: () => {
        stop();
        void saver.resync().then(follow);
      },
    });
  };
  follow();
  const goOn = (): void => saver.retryNow();
  socket.on('connect', goOn);
  saver.signal.addEventListener('abort', () => {
    stop();
    socket.off('connect', goOn);
  });
}
