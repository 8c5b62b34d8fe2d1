import { Button, Popover } from '@mantine/core';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { useCreateDraft } from '../../api/drafts.ts';
import { Banner } from '../../ui/feedback/banner.tsx';
import { showToast } from '../../ui/feedback/toast.tsx';
import { countOf } from '../../ui/format/number.ts';
import type { Review } from './saving/save-view.ts';
import { useEditor, useEditorState, useSaveView } from './store/editor-context.tsx';
import { selectTitle } from './store/selectors.ts';
import classes from './designer.module.css';

/** Shown while edits of this window could not be brought together with others': nothing is thrown away unseen. */
export function ReviewBanner() {
  const review = useSaveView((view) => view.review);
  return review && <ReviewLine review={review} />;
}

function ReviewLine({ review }: { readonly review: Review }) {
  const { saver } = useEditor();
  const title = useEditorState(selectTitle);
  const navigate = useNavigate();
  const create = useCreateDraft();
  const keepCopy = (): void => {
    const name = `${title} (my copy)`;
    const { mine } = review;
    create.mutate(
      { name, ...mine, document: { ...mine.document, display_name: name } },
      {
        onSuccess: (draft) => {
          if (review.refusal === null) saver.endReview();
          showToast({ text: `Kept as ${name}`, action: { label: 'Open', run: () => void navigate(`/drafts/${draft.id}`) } });
        },
        onError: (error) => showToast({ text: `No copy was made: ${messageOf(error)}` }),
      },
    );
  };
  const text =
    review.refusal === null
      ? `Somebody else changed what you were editing: ${countOf(review.lost.length, 'edit')} of yours could not be applied.`
      : `Your edits cannot be saved: ${review.refusal} They are kept on this device.`;
  return (
    <Banner
      actions={
        <>
          {review.lost.length > 0 && <LostEdits review={review} />}
          <Button size="xs" variant="default" loading={create.isPending} onClick={keepCopy}>
            Keep mine as a copy
          </Button>
          <Button size="xs" variant="default" onClick={() => saver.endReview()}>
            {review.refusal === null ? 'Go on without them' : 'Try again'}
          </Button>
        </>
      }
    >
      {text}
    </Banner>
  );
}

function LostEdits({ review }: { readonly review: Review }) {
  return (
    <Popover position="bottom-end" width={380} withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default">
          Review
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes.lost}>
          {review.lost.map(({ op, message }, index) => (
            <li key={index}>
              <span className="pw-mono">{'step' in op ? `${op.op} ${op.step}` : op.op}</span>
              <span className="pw-t2">{message}</span>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
