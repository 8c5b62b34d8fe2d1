import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { checkpointsQuery, useSaveVersion } from '../../../api/drafts.ts';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { nextVersionName } from '../model/list-versions.ts';
import { useEditor } from '../store/editor-context.tsx';
import classes from './history.module.css';

/** Asks for a name, and keeps the draft as it stands under it for good. */
export function SaveVersionDialog() {
  const { store } = useEditor();
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title="Save a version" size={400} centered>
      <SaveVersionForm onClose={close} />
    </Modal>
  );
}

function SaveVersionForm({ onClose }: { readonly onClose: () => void }) {
  const { draftId, saver, store } = useEditor();
  const { data: checkpoints } = useQuery(checkpointsQuery(draftId));
  const save = useSaveVersion(draftId);
  const [typed, setTyped] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const name = typed ?? nextVersionName(checkpoints ?? []);
  const submit = async (): Promise<void> => {
    setRefusal(null);
    const { overlay } = store.getState();
    setIsSending(true);
    try {
      const flushed = await saver.flush();
      if (!flushed.ok) return setRefusal(flushed.message);
      const { name: kept } = await save.mutateAsync(name.trim());
      store.getState().close(overlay);
      showToast({ text: `Saved ${kept}`, action: { label: 'Versions', run: () => store.getState().showHistory('versions') } });
    } catch (error) {
      setRefusal(messageOf(error));
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
      <TextInput
        label="Name"
        description="Every edit is saved by itself. A version with a name is kept for good, to compare with and to come back to."
        data-autofocus
        maxLength={200}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isSending} disabled={name.trim() === ''}>
          Save
        </Button>
      </DialogFoot>
    </form>
  );
}
