import type { ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogFoot } from '../../../../ui/feedback/dialog-foot.tsx';
import { freeName, promoteInput, whyNotPortName } from '../../model/pipeline-ports.ts';
import { useEditor } from '../../store/editor-context.tsx';

interface PromoteFormProps {
  readonly step: string;
  readonly name: string;
  readonly label: string;
  readonly definition: ParameterDefinition;
  readonly onClose: () => void;
}

/** Makes a parameter an input of the pipeline, under a name: its type, range, choices, description and value go along. */
export function PromoteForm({ step, name, label, definition, onClose }: PromoteFormProps) {
  const { store } = useEditor();
  const { inputs } = store.getState().content.document;
  const [wanted, setWanted] = useState(freeName(name, inputs));
  const why = whyNotPortName(wanted, { taken: inputs, from: null, what: 'input' });
  return (
    <Modal opened onClose={onClose} title={`Make ${label} a pipeline input`} size={420} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (why !== null) return;
          const { content, edit } = store.getState();
          onClose();
          edit(promoteInput(content.document, { step, port: name, as: wanted }, definition).ops, { label: `Make ${label} the pipeline input ${wanted}` });
        }}
      >
        <TextInput
          label="Name"
          description="Given before each run; until then it has the value that stands here now."
          value={wanted}
          error={why}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={why !== null}>
            Make it an input
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}
