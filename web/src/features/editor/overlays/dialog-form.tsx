import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { firstProblemOf } from '../../../api/api-error.ts';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import classes from './overlays.module.css';

interface DialogFormProps {
  /** What the button says. */
  readonly verb: string;
  readonly isDisabled?: boolean;
  /** The button is where the keyboard begins, because nothing has to be filled in. */
  readonly isVerbFirst?: boolean;
  /** Answers with why it was not done, in words for the person; null: it is done. */
  readonly onSubmit: () => Promise<string | null>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** What a dialog asks for, and its end: what was refused stands above the buttons until it is tried again. */
export function DialogForm({ verb, isDisabled, isVerbFirst, onSubmit, onCancel, children }: DialogFormProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const submit = async (): Promise<void> => {
    setRefusal(null);
    setIsSending(true);
    try {
      setRefusal(await onSubmit());
    } catch (error) {
      setRefusal(firstProblemOf(error));
    } finally {
      setIsSending(false);
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <DialogFoot>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" data-autofocus={isVerbFirst || undefined} loading={isSending} disabled={isDisabled}>
          {verb}
        </Button>
      </DialogFoot>
    </form>
  );
}
