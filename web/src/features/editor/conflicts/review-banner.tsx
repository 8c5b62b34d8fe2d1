import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCreateDraft } from '../../../api/drafts.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import type { Review } from '../saving/save-view.ts';
import { useEditor, useEditorState, useSaveView } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import { ConflictDialog } from './conflict-dialog.tsx';

/** Shown while edits of this window have met others': nothing is thrown away unseen, and nothing is read anew. */
export function ReviewBanner() {
  const review = useSaveView((view) => view.review);
  return review && <ReviewLine review={review} />;
}

function ReviewLine({ review }: { readonly review: Review }) {
  const { saver, store } = useEditor();
  const title = useEditorState(selectTitle);
  const isKept = useSaveView((view) => view.isKept);
  const navigate = useNavigate();
  const create = useCreateDraft();
  const [isOpen, setIsOpen] = useState(false);
  const { lost, overridden, refusal, mine } = review;
  const keepCopy = (): void => {
    const name = `${title} (my copy)`;
    // While nothing is saved, what was edited since belongs to it.
    const copied = refusal === null ? mine : store.getState().content;
    create.mutate(
      { name, ...copied, document: { ...copied.document, display_name: name } },
      {
        onSuccess: (draft) => {
          if (refusal === null) saver.endReview();
          showToast({ text: `Kept as ${name}`, action: { label: 'Open', run: () => void navigate(`/drafts/${draft.id}`) } });
        },
        onError: (error) => showToast({ text: `No copy was made: ${messageOf(error)}` }),
      },
    );
  };
  const hasEdits = lost.length + overridden.length > 0;
  return (
    <>
      <Banner
        tone={refusal === null && lost.length === 0 ? 'info' : 'warn'}
        actions={
          <>
            {hasEdits && (
              <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
                Review
              </Button>
            )}
            <Button size="xs" variant="default" loading={create.isPending} onClick={keepCopy}>
              Keep mine as a copy
            </Button>
            <Button size="xs" variant="default" onClick={() => saver.endReview()}>
              {refusal !== null ? 'Try again' : lost.length > 0 ? 'Go on without them' : 'Leave it so'}
            </Button>
          </>
        }
      >
        {describeReview(review, isKept)}
      </Banner>
      {isOpen && hasEdits && <ConflictDialog review={review} isCopying={create.isPending} onCopy={keepCopy} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function describeReview({ lost, overridden, refusal }: Review, isKept: boolean): string {
  if (refusal !== null)
    return `Your edits cannot be saved: ${refusal} ${isKept ? 'They are kept on this device.' : 'They are in this window only: leave it open.'}`;
  if (lost.length > 0) return `Somebody else changed what you were editing: ${countOf(lost.length, 'edit')} of yours could not be applied.`;
  return `You and somebody else changed the same: ${countOf(overridden.length, 'edit')} of yours went over theirs.`;
}
