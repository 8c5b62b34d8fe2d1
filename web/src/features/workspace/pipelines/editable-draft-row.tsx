import type { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCloneDraft, useDeleteDraft, useRenameDraft, useRestoreDraft } from '../../../api/drafts.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { DraftRow } from './draft-row.tsx';

interface EditableDraftRowProps {
  readonly draft: DraftSummary;
  readonly me: string | undefined;
}

/** A draft with what can be done to it from the list. */
export function EditableDraftRow({ draft, me }: EditableDraftRowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const navigate = useNavigate();
  const rename = useRenameDraft();
  const clone = useCloneDraft();
  const remove = useDeleteDraft();
  const restore = useRestoreDraft();
  const fail = (what: string) => (error: unknown) => showToast({ text: `${what}: ${messageOf(error)}` });

  const handleRename = (name: string): void => {
    setIsRenaming(false);
    if (name !== '' && name !== draft.name) rename.mutate({ draft, name }, { onError: fail('Not renamed') });
  };
  // The row is gone before the server has answered, so what follows hangs on the promise and not on the row.
  const handleDelete = (): void => {
    const bringBack = (): void => void restore.mutateAsync(draft.id).catch(fail('Not brought back'));
    remove
      .mutateAsync(draft.id)
      .then(() => showToast({ text: `Deleted ${draft.name}`, onUndo: bringBack }))
      .catch(fail('Not deleted'));
  };
  const handleClone = (): void => clone.mutate(draft, { onSuccess: (copy) => void navigate(`/drafts/${copy.id}`), onError: fail('Not cloned') });

  return (
    <DraftRow
      draft={draft}
      me={me}
      nameEditor={isRenaming ? <NameEditor name={draft.name} onCommit={handleRename} onCancel={() => setIsRenaming(false)} /> : undefined}
      actions={
        <>
          <RowAction label={`Rename ${draft.name}`} icon={IconPencil} onClick={() => setIsRenaming(true)} />
          <RowAction label={`Clone ${draft.name}`} icon={IconCopy} onClick={handleClone} />
          <RowAction label={`Delete ${draft.name}`} icon={IconTrash} onClick={handleDelete} />
        </>
      }
    />
  );
}

interface RowActionProps {
  readonly label: string;
  readonly icon: typeof IconPencil;
  readonly onClick: () => void;
}

function RowAction({ label, icon: Icon, onClick }: RowActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        <Icon size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

interface NameEditorProps {
  readonly name: string;
  readonly onCommit: (name: string) => void;
  readonly onCancel: () => void;
}

/** Enter and leaving the field commit, Esc restores. */
function NameEditor({ name, onCommit, onCancel }: NameEditorProps) {
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onCommit(text.trim());
    if (event.key === 'Escape') onCancel();
  };
  return (
    <TextInput
      size="xs"
      aria-label="Name"
      ref={field}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onCommit(text.trim())}
      onKeyDown={handleKeyDown}
    />
  );
}
