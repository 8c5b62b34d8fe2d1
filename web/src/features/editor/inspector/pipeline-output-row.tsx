import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { removePipelineOutput, renamePipelineOutput, sourceOfOutput, whyNotPortName } from '../model/pipeline-ports.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { NameField } from './name-field.tsx';
import { PortGrip } from './port-grip.tsx';
import { PortLinks } from './port-links.tsx';
import { PortOrder } from './port-order.tsx';
import classes from './inspector.module.css';

/** One output of the pipeline and the step that fills it. */
export function PipelineOutputRow({ name }: { readonly name: string }) {
  const { store } = useEditor();
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const [error, setError] = useState<string | null>(null);
  const source = sourceOfOutput(document, name);
  const view = useDerived((derived) => (source ? derived.views.get(source.step) : undefined));
  const type = view?.outputs.find((port) => port.name === source?.port)?.type ?? null;
  const rename = (to: string): void => {
    const why = whyNotPortName(to, { taken: document.outputs, from: name, what: 'output' });
    setError(why);
    if (why === null && to !== name) store.getState().edit(renamePipelineOutput(document, name, to), { label: `Rename the output ${name}` });
  };
  return (
    <div className={classes.portRow} data-pipeline-output={name}>
      <PortGrip port={{ side: 'outputs', name }}>
        <PortGlyph type={type ?? 'uri_folder'} isConnected={source !== null} />
      </PortGrip>
      <span className={classes.portText}>
        <span className={classes.portLine}>
          <NameField label={`Name of the output ${name}`} value={name} isReadOnly={isReadOnly} error={error} onCommit={rename} />
        </span>
        <span className={classes.portFrom}>
          {source ? (
            <>
              from <PortLinks ports={[source]} />
            </>
          ) : (
            'filled by no step'
          )}
        </span>
      </span>
      <PortOrder port={{ side: 'outputs', name }} />
      <Tooltip label="Remove">
        <ActionIcon
          aria-label={`Remove the output ${name}`}
          disabled={isReadOnly}
          onClick={() => store.getState().edit(removePipelineOutput(document, name), { label: `Remove the output ${name}` })}
        >
          <IconTrash size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
