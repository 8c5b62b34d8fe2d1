import { type CommentChange, useChangeComments } from '../../../api/comments.ts';
import { useEditor } from '../store/editor-context.tsx';
import { forgetSent, isUnsent } from './unsent-comments.ts';

interface SendText {
  /** How the sending of it stands. */
  readonly sending: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  /** `written-on`: it is said, and something else stands there by now. */
  readonly send: (change: Extract<CommentChange, { readonly text: string }>) => Promise<'failed' | 'sent' | 'written-on'>;
}

/** Says what stands at a place, and forgets it there: also where its field is gone before the answer comes. */
export function useSendText(place: string): SendText {
  const { draftId } = useEditor();
  const sending = useChangeComments(draftId);
  return {
    sending,
    send: async (change) => {
      try {
        await sending.mutateAsync(change);
      } catch {
        // The field says why, by `sending`.
        return 'failed';
      }
      forgetSent(place, change.text, change.kind !== 'reword');
      return isUnsent(place) ? 'written-on' : 'sent';
    },
  };
}
