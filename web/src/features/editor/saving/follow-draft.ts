import { watchDraft } from '../../../realtime/watch-draft.ts';
import type { PageSocket } from '../../../realtime/socket.ts';
import type { DraftSession } from './open-draft.ts';
import { pause, RetryPace } from './retry-pace.ts';

/** A draft that was followed for so long is followed again at once. */
const calmMs = 30_000;

/** Hears of others' edits until the draft is closed; where some are no longer kept, it is read anew and followed from there. */
export function followDraft({ saver, draftId }: Pick<DraftSession, 'saver' | 'draftId'>, socket: PageSocket): void {
  let stop = (): void => {};
  const pace = new RetryPace();
  let followedAt = Number.NEGATIVE_INFINITY;
  /** At once; later and later where the server refuses again what has just been read. */
  const followAgain = async (): Promise<void> => {
    if (performance.now() - followedAt > calmMs) pace.reset();
    else await pause(pace.next(), saver.signal);
    follow();
  };
  const follow = (): void => {
    if (saver.signal.aborted) return;
    followedAt = performance.now();
    stop = watchDraft(socket, {
      draftId,
      afterRevision: saver.view.getState().revision,
      deliver: (edits) => saver.receive(edits),
      onLost: () => {
        stop();
        void saver.resync().then(followAgain);
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
