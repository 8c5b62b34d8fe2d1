import { Button } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { useEditor } from '../store/editor-context.tsx';
import { useStepTitle } from './comment-text.tsx';
import { MentionField } from './mention-field.tsx';
import { useUnsentText } from './unsent-comments.ts';
import { useSendText } from './use-send-text.ts';
import classes from './comments.module.css';

/** Where something new is said: on the step that is selected, or on the pipeline. */
export function CommentComposer({ step }: { readonly step: string | null }) {
  const [isOnPipeline, setIsOnPipeline] = useState(false);
  const target = isOnPipeline ? null : step;
  const { draftId } = useEditor();
  const { title } = useStepTitle(step ?? '');
  const key = `${draftId} on ${target ?? ''}`;
  const [text, setText] = useUnsentText(key);
  const { sending, send } = useSendText(key);
  const place = target === null ? 'the pipeline' : title;
  const submit = async (): Promise<void> => {
    if (text.trim() === '' || sending.isPending) return;
    if ((await send({ kind: 'start', step: target, text })) !== 'failed') announce(`Commented on ${place}`);
  };
  return (
    <div className={classes.composer} data-comment-composer>
      <MentionField
        label={`Comment on ${place}`}
        placeholder={`Comment on ${place}; @ mentions a step`}
        text={text}
        error={sending.isError ? messageOf(sending.error) : undefined}
        onChange={setText}
        onSubmit={() => void submit()}
      />
      <div className={classes.sending}>
        {step !== null && (
          <button type="button" className={`pw-link ${classes.link}`} onClick={() => setIsOnPipeline(!isOnPipeline)}>
            {isOnPipeline ? `On ${title} instead` : 'On the pipeline instead'}
          </button>
        )}
        <Button size="xs" disabled={text.trim() === ''} loading={sending.isPending} onClick={() => void submit()}>
          Comment
        </Button>
      </div>
    </div>
  );
}
