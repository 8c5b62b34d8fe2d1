import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { useChangeComments } from '../../../api/comments.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { useReveal } from '../commands/use-reveal.ts';
import { focusOnAppearing } from '../inspector/focus-on-appearing.ts';
import { useEditor } from '../store/editor-context.tsx';
import { CommentMessageRow } from './comment-message-row.tsx';
import { useStepTitle } from './comment-text.tsx';
import { InlineComposer } from './inline-composer.tsx';
import { isKeyboardAt, useHandOnFocus } from './keyboard-focus.ts';
import { useUnsentText } from './unsent-comments.ts';
import { useSendText } from './use-send-text.ts';
import classes from './comments.module.css';

/** A comment with its answers, the step that it is about, and what can be done with it. */
export function CommentThreadCard({ thread, isHere }: { readonly thread: CommentThread; readonly isHere: boolean }) {
  const { draftId } = useEditor();
  const change = useChangeComments(draftId);
  const card = useRef<HTMLLIElement>(null);
  useHandOnFocus(card);
  const isResolved = thread.resolved !== null;
  const resolve = (): void =>
    change.mutate(
      { kind: 'resolve', thread: thread.id, isResolved: !isResolved },
      { onError: (error) => showToast({ text: `Not ${isResolved ? 'opened again' : 'resolved'}: ${messageOf(error)}` }) },
    );
  const label = isResolved ? 'Open it again' : 'Resolve';
  return (
    <li ref={card} className={classes.thread} data-comment={thread.id} data-resolved={isResolved || undefined} data-here={isHere || undefined}>
      <div className={classes.threadHead}>
        <Place step={thread.step} />
        <Tooltip label={label}>
          <ActionIcon aria-label={label} loading={change.isPending} onClick={resolve}>
            {isResolved ? <IconArrowBackUp size={15} stroke={1.8} /> : <IconCheck size={15} stroke={1.8} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {thread.messages.map((message) => (
        <CommentMessageRow key={message.id} thread={thread.id} message={message} />
      ))}
      {thread.resolved ? (
        <p className={classes.resolved}>
          Resolved by {thread.resolved.by} · <RelativeTime at={thread.resolved.at} />
        </p>
      ) : (
        <Answer thread={thread.id} />
      )}
    </li>
  );
}

/** What it is about. */
function Place({ step }: { readonly step: string | null }) {
  const reveal = useReveal();
  const { title, isThere } = useStepTitle(step ?? '');
  if (step === null) return <span className={classes.place}>The pipeline</span>;
  if (!isThere) {
    return (
      <span className={classes.place}>
        <span className="pw-mono">{step}</span>, a step that is gone
      </span>
    );
  }
  return (
    <button type="button" className={classes.place} title={step} onClick={() => reveal([step])}>
      {title}
    </button>
  );
}

function Answer({ thread }: { readonly thread: string }) {
  const { draftId } = useEditor();
  const place = `${draftId} to ${thread}`;
  const [text, setText] = useUnsentText(place);
  const [isOpen, setIsOpen] = useState(text !== '');
  /** The field, and then the button in its place, come because somebody asked for them. */
  const [takesFocus, setTakesFocus] = useState(false);
  const { sending, send } = useSendText(place);
  const close = (): void => {
    setTakesFocus(isKeyboardAt(thread));
    setIsOpen(false);
  };
  const submit = async (): Promise<void> => {
    if ((await send({ kind: 'answer', thread, text })) === 'sent') close();
  };
  if (!isOpen) {
    return (
      <button
        ref={takesFocus ? focusOnAppearing : null}
        type="button"
        className={`pw-link ${classes.link} ${classes.answer}`}
        onClick={() => {
          setTakesFocus(true);
          setIsOpen(true);
        }}
      >
        Answer
      </button>
    );
  }
  return (
    <InlineComposer
      label="Your answer"
      placeholder="Answer; @ mentions a step"
      action="Answer"
      text={text}
      isFocusedAtFirst={takesFocus}
      onText={setText}
      sending={sending}
      onSend={() => void submit()}
      onCancel={close}
    />
  );
}
