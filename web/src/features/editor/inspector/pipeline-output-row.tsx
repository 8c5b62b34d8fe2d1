import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { removePipelineOutput, sourceOfOutput } from '../model/pipeline-ports.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** One output of the pipeline and the step that fills it. */
export function PipelineOutputRow({ name }: { readonly name: string }) {
  const { store } = useEditor();
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const source = sourceOfOutput(document, name);
  const view = useDerived((derived) => (source ? derived.views.get(source.step) : undefined));
  const type = view?.outputs.find((port) => port.name === source?.port)?.type ?? null;
  return (
    <div className={classes.portRow} data-pipeline-output={name}>
      <PortGlyph type={type ?? 'uri_folder'} isConnected={source !== null} />
      <span className={classes.portText}>
        <span className={classes.portLine}>
          <b className="pw-mono">{name}</b>
        </span>
        <span className={classes.portFrom}>{source ? `from ${view?.title ?? source.step} · ${source.port}` : 'filled by no step'}</span>
      </span>
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
