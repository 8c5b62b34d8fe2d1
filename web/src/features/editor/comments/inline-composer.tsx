import { Button } from '@mantine/core';
import { messageOf } from '../../../api/api-error.ts';
import { MentionField } from './mention-field.tsx';
import classes from './comments.module.css';

interface InlineComposerProps {
  readonly label: string;
  readonly placeholder?: string;
  /** What its button does: *Save*, *Answer*. */
  readonly action: string;
  readonly text: string;
  readonly isFocusedAtFirst: boolean;
  readonly onText: (text: string) => void;
  /** How the sending of it stands. */
  readonly sending: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

/** A text in its place in a thread, sent once and only where it says something. */
export function InlineComposer({ label, placeholder, action, text, isFocusedAtFirst, onText, sending, onSend, onCancel }: InlineComposerProps) {
  const isEmpty = text.trim() === '';
  const send = (): void => {
    if (!isEmpty && !sending.isPending) onSend();
  };
  return (
    <div className={classes.composing}>
      <MentionField
        label={label}
        {...(placeholder !== undefined && { placeholder })}
        isFocusedAtFirst={isFocusedAtFirst}
        text={text}
        error={sending.isError ? messageOf(sending.error) : undefined}
        onChange={onText}
        onSubmit={send}
        onCancel={onCancel}
      />
      <div className={classes.sending}>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" disabled={isEmpty} loading={sending.isPending} onClick={send}>
          {action}
        </Button>
      </div>
    </div>
  );
}
