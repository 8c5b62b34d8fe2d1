import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkpointsQuery, useSaveVersion } from '../../../api/drafts.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { nextVersionName } from '../model/list-versions.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { useEditor } from '../store/editor-context.tsx';

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
  const name = typed ?? nextVersionName(checkpoints ?? []);
  const submit = async (): Promise<string | null> => {
    const { overlay } = store.getState();
    const flushed = await saver.flush();
    if (!flushed.ok) return flushed.message;
    const { name: kept } = await save.mutateAsync(name.trim());
    store.getState().close(overlay);
    showToast({ text: `Saved ${kept}`, action: { label: 'Versions', run: () => store.getState().showHistory('versions') } });
    return null;
  };
  return (
    <DialogForm verb="Save" isDisabled={name.trim() === ''} onSubmit={submit} onCancel={onClose}>
      <TextInput
        label="Name"
        description="Every edit is saved by itself. A version with a name is kept for good, to compare with and to come back to."
        data-autofocus
        maxLength={200}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
