import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { Checkbox, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { literalWords } from '../model/literal-words.ts';
import { readTyped } from '../model/parameter-fields.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { DataField } from './data-field.tsx';
import { PartField } from './part-field.tsx';
import classes from './run.module.css';

export interface RunFormValues {
  readonly part: PartOfRun;
  readonly name: string;
  readonly experiment: string;
  /** Only those that differ from the draft's. */
  readonly inputs: Readonly<Record<string, PipelineInput>>;
  readonly goesOn: boolean;
  readonly force: boolean;
}

interface RunFormProps {
  readonly values: RunFormValues;
  readonly onChange: (values: RunFormValues) => void;
}

/** What may be said about one run; the draft stays as it is. */
export function RunForm({ values, onChange }: RunFormProps) {
  const document = useEditorState((state) => state.content.document);
  const names = Object.keys(document.inputs);
  const set = (change: Partial<RunFormValues>): void => onChange({ ...values, ...change });
  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <PartField part={values.part} onChange={(part) => set({ part })} />
      <TextInput
        label={
          <>
            Name <span className="pw-muted">optional</span>
          </>
        }
        placeholder="What is new in this run"
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Experiment"
        placeholder={document.experiment_name ?? 'default'}
        value={values.experiment}
        onChange={(event) => set({ experiment: event.currentTarget.value })}
      />
      {names.length > 0 && <h3 className={classes.formPart}>Pipeline inputs</h3>}
      {names.map((name) => (
        <InputField
          key={name}
          name={name}
          declared={document.inputs[name] ?? null}
          given={values.inputs[name]}
          onChange={(value) => {
            const { [name]: _before, ...others } = values.inputs;
            set({ inputs: value === undefined ? others : { ...others, [name]: value } });
          }}
        />
      ))}
      <h3 className={classes.formPart}>Options</h3>
      <Checkbox label="Other branches go on when a step fails" checked={values.goesOn} onChange={(event) => set({ goesOn: event.currentTarget.checked })} />
      <Checkbox label="Run every step, ignore earlier results" checked={values.force} onChange={(event) => set({ force: event.currentTarget.checked })} />
    </form>
  );
}

interface InputFieldProps {
  readonly name: string;
  readonly declared: PipelineInput;
  readonly given: PipelineInput | undefined;
  /** Undefined: as the draft says. */
  readonly onChange: (value: PipelineInput | undefined) => void;
}

function InputField({ name, declared, given, onChange }: InputFieldProps) {
  const { type, value, isOptional } = pipelineInputValue(declared);
  const shownType = type ?? 'string';
  const before = value === null ? '' : value.kind === 'literal' ? String(value.value) : value.reference.path;
  // What is typed stays as it is: `0.` is on its way to 0.5, and an emptied field stands for what the draft says.
  const [typed, setTyped] = useState<string | null>(null);
  const now = given === undefined ? before : typeof given === 'object' && given !== null ? String('path' in given ? given.path : '') : String(given);
  const label = (
    <span className={classes.inputLabel}>
      <PortGlyph type={shownType} size={12} />
      <span className="pw-mono">{name}</span>
      {isOptional && <span className="pw-muted">optional</span>}
    </span>
  );
  if (shownType === 'boolean') {
    const isOn = coerceLiteral(now, 'boolean') === true;
    return (
      <div>
        <div className={classes.inputLabelRow}>{label}</div>
        <Switch checked={isOn} label={isOn ? 'On' : 'Off'} aria-label={name} onChange={(event) => onChange(event.currentTarget.checked)} />
      </div>
    );
  }
  const field = {
    label,
    value: typed ?? now,
    placeholder: value === null ? 'Needs a value' : before,
  };
  const note = <span className={classes.was}>{given !== undefined && before !== '' && now !== before ? `was ${before}` : shownType}</span>;
  const set = (text: string): void => {
    setTyped(text);
    onChange(text === before ? undefined : toInput(text, shownType));
  };
  if (!isScalarType(shownType)) return <DataField {...field} name={name} type={shownType} note={note} onChange={set} />;
  const words = given === undefined || typeof given === 'object' ? null : literalWords(given, declared);
  return (
    <TextInput
      {...field}
      aria-label={name}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={words?.isError === false ? words.text : undefined}
      error={words?.isError === true ? words.text : undefined}
      rightSection={note}
      rightSectionWidth={92}
      rightSectionPointerEvents="none"
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function toInput(text: string, type: PortType): PipelineInput | undefined {
  if (!isScalarType(type)) return text === '' ? undefined : { type, path: text };
  return readTyped(text, { type });
}
