import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePublishPipeline } from '../../../api/pipelines.ts';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { DialogForm } from '../overlays/dialog-form.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';

/** Makes an immutable version of the draft; it stands in the gallery, to be cloned by anyone here. */
export function PublishDialog() {
  const { store } = useEditor();
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title="Publish" size={480} centered>
      <PublishForm onClose={close} />
    </Modal>
  );
}

function PublishForm({ onClose }: { readonly onClose: () => void }) {
  const { draftId, saver, store } = useEditor();
  const title = useEditorState(selectTitle);
  const document = useEditorState((state) => state.content.document);
  const problems = useDerived((derived) => derived.problems);
  const navigate = useNavigate();
  const publish = usePublishPipeline();
  const [name, setName] = useState(document.name ?? makeStepKey(title.toLowerCase(), {}));
  const [version, setVersion] = useState('');
  const [description, setDescription] = useState(document.description ?? '');
  const isBlocked = hasErrors(problems);
  const submit = async (): Promise<string | null> => {
    const { overlay } = store.getState();
    const flushed = await saver.flush();
    if (!flushed.ok) return flushed.message;
    const trimmed = { version: version.trim(), description: description.trim() };
    const published = await publish.mutateAsync({
      draft: draftId,
      revision: flushed.revision,
      name: name.trim(),
      ...(trimmed.version === '' ? {} : { version: trimmed.version }),
      ...(trimmed.description === '' ? {} : { description: trimmed.description }),
    });
    store.getState().close(overlay);
    showToast({ text: `Published ${published.name}, version ${published.version}`, action: { label: 'Gallery', run: () => void navigate('/gallery') } });
    return null;
  };
  return (
    <DialogForm verb="Publish" isDisabled={isBlocked || name.trim() === ''} onSubmit={submit} onCancel={onClose}>
      <p className="pw-sm pw-t2">A published version never changes. It stands in the gallery, and anyone on this server can clone it.</p>
      <TextInput label="Name" description="Letters, digits and _" value={name} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label={
          <>
            Version <span className="pw-muted">optional</span>
          </>
        }
        placeholder="The next whole number"
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
      <Textarea label="Description" autosize minRows={3} maxRows={8} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      {isBlocked && (
        <Refusal>
          {countOf(problems.filter(({ severity }) => severity === 'error').length, 'problem')} to solve first: they are listed at the bottom of the designer.
        </Refusal>
      )}
    </DialogForm>
  );
}
