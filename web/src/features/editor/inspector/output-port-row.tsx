import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { filledOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import type { StepOutput } from '@pipewright/shared/pipeline/input-value.ts';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowBarToDown, IconEye, IconTag, IconTags, IconUnlink } from '@tabler/icons-react';
import { memo, useRef } from 'react';
import type { PortView } from '../../../canvas/step-view.ts';
import { describeShape } from '../../../preview/describe-artifact.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { promoteOutput, removePipelineOutput } from '../model/pipeline-ports.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import { useFocusField } from './use-focus-field.ts';
import { PortMenu } from './port-menu.tsx';
import { useMadeOutput } from './use-made-output.ts';
import classes from './inspector.module.css';

interface OutputPortRowProps {
  readonly stepKey: string;
  readonly port: PortView;
  readonly value: StepOutput | undefined;
}

/** An output: who reads it, what came of it, and a look at it. */
export const OutputPortRow = memo(function OutputPortRow({ stepKey, port, value }: OutputPortRowProps) {
  const { store } = useEditor();
  const row = useRef<HTMLDivElement>(null);
  useFocusField(row, stepKey, port.name);
  const { open } = usePreviewTarget();
  const made = useMadeOutput({ step: stepKey, port: port.name });
  const readers = useDerived((derived) =>
    derived.flow.edges
      // By the edge of the document: it may be drawn to the box of a collapsed group.
      .flatMap(({ data }) => (data?.edge?.from.step === stepKey && data.edge.from.output === port.name ? [data.edge.to.step] : []))
      .map((reader) => derived.views.get(reader)?.title ?? reader)
      .join(', '),
  );
  const pipelineOutput = filledOutput(value);
  const to = [readers, pipelineOutput === null ? '' : `outputs.${pipelineOutput}`].filter((text) => text !== '').join(', ');
  return (
    <div
      ref={row}
      className={classes.portRow}
      data-output={port.name}
      onContextMenu={(event) => {
        event.preventDefault();
        store.getState().open({ kind: 'step-menu', at: { x: event.clientX, y: event.clientY }, step: stepKey, port: port.name });
      }}
    >
      {port.type === null ? <IconUnlink size={13} stroke={2.2} color="var(--pw-err)" /> : <PortGlyph type={port.type} isConnected={port.isConnected} />}
      <span className={classes.portText}>
        <span className={classes.portLine}>
          <b>{port.label}</b>
          {made && <span className={classes.portShape}>{describeShape(made.artifact)}</span>}
        </span>
        <span className={classes.portFrom}>{to === '' ? 'read by nothing' : `to ${to}`}</span>
      </span>
      <span className={classes.portTools}>
        {made && (
          <Tooltip label="Preview">
            <ActionIcon aria-label={`Preview ${port.label}`} onClick={() => open(made.maker)}>
              <IconEye size={15} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        )}
        <OutputMenu stepKey={stepKey} port={port} pipelineOutput={pipelineOutput} isMade={made !== undefined} />
      </span>
    </div>
  );
});

interface OutputMenuProps {
  readonly stepKey: string;
  readonly port: PortView;
  readonly pipelineOutput: string | null;
  /** Whether the run that is shown has put it out. */
  readonly isMade: boolean;
}

function OutputMenu({ stepKey, port, pipelineOutput, isMade }: OutputMenuProps) {
  const { store } = useEditor();
  const icon = { size: 15, stroke: 1.8 } as const;
  const { edit, open } = store.getState();
  return (
    <PortMenu stepKey={stepKey} side="outputs" port={port}>
      <Menu.Item
        leftSection={<IconArrowBarToDown {...icon} />}
        disabled={port.type === null}
        onClick={() => {
          const { document } = store.getState().content;
          if (pipelineOutput !== null) edit(removePipelineOutput(document, pipelineOutput), { label: `Take ${port.label} out of the pipeline’s outputs` });
          else if (port.type !== null)
            edit(promoteOutput(document, { step: stepKey, port: port.name }, port.type).ops, { label: `Make ${port.label} a pipeline output` });
        }}
      >
        {pipelineOutput === null ? 'Make it a pipeline output' : `Not a pipeline output any more`}
      </Menu.Item>
      {port.type !== null && isDataType(port.type) && (
        <>
          {isMade && (
            <Menu.Item leftSection={<IconTag {...icon} />} onClick={() => setTimeout(() => open({ kind: 'register-output', step: stepKey, port: port.name }))}>
              Register output…
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTags {...icon} />} onClick={() => setTimeout(() => open({ kind: 'name-output', step: stepKey, port: port.name }))}>
            Register it in each run…
          </Menu.Item>
        </>
      )}
    </PortMenu>
  );
}
