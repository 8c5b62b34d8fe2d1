import { type AssetReference, writeAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { isDataType } from '@pipewright/shared/component/port-type.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import type { PipelineInput, StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowBarToUp, IconDatabaseSearch, IconEye, IconFolder, IconLink, IconLinkOff, IconUnlink } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { PortView } from '../../../canvas/step-view.ts';
import { describeShape } from '../../../preview/describe-artifact.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { giveData } from '../model/data-values.ts';
import { bindInput, promoteInput } from '../model/pipeline-ports.ts';
import { shortBinding } from '../model/parameter-fields.ts';
import { assetIn } from '../model/registered-data.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { AssetVersion } from './asset-version.tsx';
import { ChooseAssetButton } from './choose-asset-button.tsx';
import { useFocusField } from './use-focus-field.ts';
import { PortMenu } from './port-menu.tsx';
import { ProblemLine } from './problem-line.tsx';
import { TypedText } from './typed-text.tsx';
import { useMadeOutput } from './use-made-output.ts';
import classes from './inspector.module.css';

interface InputPortRowProps {
  readonly stepKey: string;
  readonly port: PortView;
  readonly definition: InputDefinition | undefined;
  readonly value: StepInput | undefined;
  readonly problems: readonly Problem[];
}

/** A data input: where it comes from, and what can be done about it. */
export const InputPortRow = memo(function InputPortRow({ stepKey, port, definition, value, problems }: InputPortRowProps) {
  const { store } = useEditor();
  const { open } = usePreviewTarget();
  const content = classifyInput(value);
  const source = content.kind === 'binding' && content.binding.source === 'step-output' ? content.binding : null;
  const made = useMadeOutput(source && { step: source.step, port: source.name });
  const [isPathOpen, setIsPathOpen] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  useFocusField(row, stepKey, port.name);
  const path = content.kind === 'data' ? content.reference.path : content.kind === 'literal' ? String(content.value) : '';
  const asset = assetIn(path);
  const give = (to: string): DraftOp =>
    giveData(store.getState().content.document, { step: stepKey, input: port.name }, { type: port.type ?? 'uri_folder', path: to });
  const hasPath = content.kind === 'data' || content.kind === 'literal';
  return (
    <div data-input={port.name} ref={row}>
      <div className={classes.portRow}>
        {port.type === null || port.isBroken ? (
          <IconUnlink size={13} stroke={2.2} color="var(--pw-err)" />
        ) : (
          <PortGlyph type={port.type} isConnected={port.isConnected} isOptional={port.isOptional && !port.isConnected} />
        )}
        <span className={classes.portText}>
          <span className={classes.portLine}>
            <b>{port.label}</b>
            {made && <span className={classes.portShape}>{describeShape(made.artifact)}</span>}
          </span>
          <span className={classes.portFrom}>
            <Source content={content} asset={asset} isOptional={port.isOptional && !port.isConnected} />
          </span>
        </span>
        <span className={classes.portTools}>
          {made && (
            <Tooltip label="Preview">
              <ActionIcon aria-label={`Preview what ${port.label} gets`} onClick={() => open(made.maker)}>
                <IconEye size={15} stroke={1.8} />
              </ActionIcon>
            </Tooltip>
          )}
          {content.kind !== 'binding' && content.kind !== 'template' && port.type !== null && (
            <ChooseAssetButton label={port.label} input={{ step: stepKey, input: port.name }} />
          )}
          <InputMenu stepKey={stepKey} port={port} definition={definition} content={content} onPath={() => setIsPathOpen(true)} />
        </span>
      </div>
      {(hasPath || isPathOpen) && (
        <TypedText
          field={`${stepKey}.${port.name}.path`}
          label={`Path of ${port.label}`}
          value={path}
          placeholder="/data/file.csv, https://… or azureml:NAME:VERSION"
          onType={(text, gesture) => {
            const op = text === '' ? ({ op: 'step.setInput', step: stepKey, input: port.name } as const) : give(text);
            store.getState().edit([op], { label: `Set the data of ${port.label}`, gesture, pace: 'typing' });
          }}
        />
      )}
      {asset && (
        <AssetVersion
          label={port.label}
          reference={asset}
          type={(content.kind === 'data' ? content.reference.type : undefined) ?? port.type}
          onChoose={(at) => store.getState().edit([give(writeAssetReference({ ...asset, at }))], { label: `Set the version of ${asset.name}` })}
        />
      )}
      {problems.map((problem, index) => (
        <ProblemLine key={index} problem={problem} />
      ))}
    </div>
  );
});

interface SourceProps {
  readonly content: InputContent;
  readonly asset: AssetReference | null;
  readonly isOptional: boolean;
}

function Source({ content, asset, isOptional }: SourceProps) {
  const source = content.kind === 'binding' && content.binding.source === 'step-output' ? content.binding : null;
  const title = useDerived((derived) => (source ? (derived.views.get(source.step)?.title ?? null) : null));
  switch (content.kind) {
    case 'absent':
      return isOptional ? 'optional, not connected' : 'not connected';
    case 'binding':
      if (!source) return <span className="pw-mono">{shortBinding(content.binding)}</span>;
      return (
        <>
          from {title ?? `${source.step}, which is gone`} · <span className="pw-mono">{source.name}</span>
        </>
      );
    case 'data':
    case 'literal':
      return asset ? <>registered as {asset.name}</> : 'data at a path';
    case 'template':
      return <span className="pw-mono">{content.text}</span>;
  }
}

interface InputMenuProps extends Pick<InputPortRowProps, 'stepKey' | 'port' | 'definition'> {
  readonly content: InputContent;
  readonly onPath: () => void;
}

function InputMenu({ stepKey, port, definition, content, onPath }: InputMenuProps) {
  const { store } = useEditor();
  const inputs = useEditorState((state) => state.content.document.inputs);
  const dataInputs = Object.keys(inputs).filter((name) => isData(inputs[name]));
  const icon = { size: 15, stroke: 1.8 } as const;
  const target = { step: stepKey, port: port.name };
  const isBound = content.kind === 'binding';
  return (
    <PortMenu stepKey={stepKey} side="inputs" port={port}>
      <Menu.Item
        leftSection={<IconDatabaseSearch {...icon} />}
        disabled={port.type === null}
        onClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setTimeout(() => store.getState().open({ kind: 'choose-asset', at: { x: left - 120, y: top }, input: { step: stepKey, input: port.name } }));
        }}
      >
        Registered data or model…
      </Menu.Item>
      <Menu.Item leftSection={<IconFolder {...icon} />} disabled={isBound} onClick={onPath}>
        Use data at a path
      </Menu.Item>
      {definition && (
        <Menu.Item
          leftSection={<IconArrowBarToUp {...icon} />}
          disabled={isBound}
          onClick={() =>
            store.getState().edit(promoteInput(store.getState().content.document, target, definition).ops, { label: `Make ${port.label} a pipeline input` })
          }
        >
          Make it a pipeline input
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconLinkOff {...icon} />}
        disabled={content.kind === 'absent'}
        onClick={() => store.getState().edit([{ op: 'step.setInput', step: stepKey, input: port.name }], { label: `Disconnect ${port.label}` })}
      >
        {isBound ? 'Disconnect' : 'Clear'}
      </Menu.Item>
      {dataInputs.length > 0 && <Menu.Label>Take it from the pipeline’s</Menu.Label>}
      {dataInputs.map((input) => (
        <Menu.Item
          key={input}
          leftSection={<IconLink {...icon} />}
          onClick={() => store.getState().edit([bindInput(target, input)], { label: `Bind ${port.label} to ${input}` })}
        >
          <span className="pw-mono">{input}</span>
        </Menu.Item>
      ))}
    </PortMenu>
  );
}

/** Or nothing says what it is. */
function isData(input: PipelineInput | undefined): boolean {
  const { type } = pipelineInputValue(input);
  return type === null || isDataType(type);
}
