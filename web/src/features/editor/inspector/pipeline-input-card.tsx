import { isScalarType, PortType } from '@pipewright/shared/component/port-type.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { fieldsReading } from '../model/field-readers.ts';
import { readersOf, removePipelineInput, renamePipelineInput, whyNotPortName } from '../model/pipeline-ports.ts';
import { readTyped } from '../model/parameter-fields.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useFocusField } from './use-focus-field.ts';
import { NameField } from './name-field.tsx';
import { PortGrip } from './port-grip.tsx';
import { PortLinks } from './port-links.tsx';
import { PortOrder } from './port-order.tsx';
import { TypedText } from './typed-text.tsx';
import { type EditWords, PipelineInputField } from './pipeline-input-field.tsx';
import classes from './inspector.module.css';

const inputTypes: readonly PortType[] = ['string', 'integer', 'number', 'boolean', 'uri_file', 'uri_folder', 'mltable', 'mlflow_model', 'custom_model'];

/** One input of the pipeline: name, type, value, and who reads it. */
export function PipelineInputCard({ name }: { readonly name: string }) {
  const { store } = useEditor();
  const row = useRef<HTMLDivElement>(null);
  useFocusField(row, null, name);
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const [error, setError] = useState<string | null>(null);
  const input = document.inputs[name];
  const { type } = pipelineInputValue(input);
  const shownType = type ?? 'string';
  const ports = readersOf(document, name);
  const fields = fieldsReading(document, name).map(({ step, field }) => `${field} of ${step}`);
  const edit = (ops: DraftOp[], label: string, gesture?: string): void => {
    store.getState().edit(ops, { label, ...(gesture === undefined ? {} : { gesture, pace: 'typing' }) });
  };
  const rename = (to: string): void => {
    const problem = whyNotPortName(to, { taken: document.inputs, from: name, what: 'input' });
    setError(problem);
    if (problem === null && to !== name) edit(renamePipelineInput(document, name, to), `Rename the input ${name}`);
  };
  const set = (next: PipelineInput, { label = `Set the input ${name}`, gesture }: EditWords = {}): void =>
    edit([{ op: 'pipeline.setInput', input: name, value: next }], label, gesture);
  return (
    <div className={classes.inputCard} data-pipeline-input={name} ref={row}>
      <div className={classes.inputHead}>
        <PortGrip port={{ side: 'inputs', name }}>
          <PortGlyph type={shownType} size={12} />
        </PortGrip>
        <NameField label={`Name of the input ${name}`} value={name} isReadOnly={isReadOnly} error={error} onCommit={rename} />
        <Select
          size="xs"
          w={112}
          aria-label={`Type of ${name}`}
          data={[...inputTypes]}
          value={shownType}
          readOnly={isReadOnly}
          onChange={(next) => set(withType(input ?? null, PortType.parse(next)))}
        />
        <PortOrder port={{ side: 'inputs', name }} />
        <Tooltip label="Remove">
          <ActionIcon
            aria-label={`Remove the input ${name}`}
            disabled={isReadOnly}
            onClick={() => edit(removePipelineInput(document, name), `Remove the input ${name}`)}
          >
            <IconTrash size={14} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      <PipelineInputField name={name} input={input ?? null} onSet={set} />
      <TypedText
        field={`pipeline.input.${name}.description`}
        label={`Description of ${name}`}
        placeholder="What it is for"
        value={describedIn(input)}
        isReadOnly={isReadOnly}
        onType={(text, gesture) => set(described(input ?? null, text), { label: `Describe the input ${name}`, gesture })}
      />
      <span className="pw-xs pw-muted">
        <ReadBy ports={ports} fields={fields} />
      </span>
    </div>
  );
}

const shownReaders = 6;

/** *Read by prep.rows, train.rows and by compute of train*: as many as can be read at a glance, each a way to it. */
function ReadBy({ ports, fields }: { readonly ports: readonly { readonly step: string; readonly port: string }[]; readonly fields: readonly string[] }) {
  if (ports.length + fields.length === 0) return 'read by nothing yet';
  const rest = ports.length - shownReaders;
  return (
    <>
      read by <PortLinks ports={ports.slice(0, shownReaders)} />
      {rest > 0 && ` and ${countOf(rest, 'more port')}`}
      {fields.length > 0 && `${ports.length > 0 ? ', and by ' : ''}${fields.join(', ')}`}
    </>
  );
}

const describedIn = (input: PipelineInput | undefined): string =>
  typeof input === 'object' && input !== null && 'description' in input && typeof input.description === 'string' ? input.description : '';

/** A bare value becomes a declaration with its type, which is what can be described. */
function described(input: PipelineInput, text: string): PipelineInput {
  const { type, value } = pipelineInputValue(input);
  if (typeof input !== 'object' || input === null)
    return { type: type ?? 'string', ...(value?.kind === 'literal' ? { default: value.value } : {}), ...(text === '' ? {} : { description: text }) };
  const { description: _before, ...rest } = input;
  return text === '' ? rest : { ...rest, description: text };
}

function withType(input: PipelineInput, type: PortType): PipelineInput {
  const { value } = pipelineInputValue(input);
  const kept =
    typeof input === 'object' && input !== null && 'description' in input && typeof input.description === 'string' ? { description: input.description } : {};
  if (!isScalarType(type)) return value?.kind === 'data' ? { ...value.reference, type } : { type, ...kept };
  if (value?.kind !== 'literal') return { type, ...kept };
  const read = type === 'boolean' ? coerceLiteral(value.value, 'boolean') === true : readTyped(String(value.value), { type });
  return read === undefined ? { type, ...kept } : { type, ...kept, default: read };
}
