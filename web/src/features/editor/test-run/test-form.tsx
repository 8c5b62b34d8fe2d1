import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { Select, TextInput } from '@mantine/core';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import type { DataChoice } from './given-data.ts';
import type { TestInput } from './test-values.ts';
import classes from './test-run.module.css';

interface TestFormProps {
  readonly inputs: readonly TestInput[];
  readonly runs: readonly { readonly group: string; readonly items: readonly { readonly value: string; readonly label: string }[] }[];
  readonly from: string | null;
  readonly onFrom: (run: string | null) => void;
  readonly onChoose: (name: string, text: string) => void;
}

const noRun = 'none';

/** What a test is given: values of an earlier run, each of which may be another. */
export function TestForm({ inputs, runs, from, onFrom, onChoose }: TestFormProps) {
  return (
    <div className={classes.form}>
      <Select
        label="Values of"
        description="An earlier run; each of them can be another."
        searchable
        allowDeselect={false}
        data={[{ value: noRun, label: 'No run: what the draft says, and registered data' }, ...runs.map(({ group, items }) => ({ group, items: [...items] }))]}
        value={from ?? noRun}
        onChange={(run) => onFrom(run === noRun ? null : run)}
      />
      {inputs.length === 0 && <p className="pw-sm pw-muted">It takes nothing.</p>}
      {inputs.map((input) =>
        isScalarType(input.definition.type) ? (
          <ValueField key={input.name} input={input} onChange={(text) => onChoose(input.name, text)} />
        ) : (
          <DataChoiceField key={input.name} input={input} onChange={(text) => onChoose(input.name, text)} />
        ),
      )}
    </div>
  );
}

interface FieldProps {
  readonly input: TestInput;
  readonly onChange: (text: string) => void;
}

function Label({ input: { name, definition } }: Pick<FieldProps, 'input'>) {
  return (
    <span className="pw-row">
      <PortGlyph type={definition.type} size={12} />
      <span className="pw-mono">{name}</span>
    </span>
  );
}

function ValueField({ input, onChange }: FieldProps) {
  const { name, definition, text, wrong } = input;
  const allowed = definition.type === 'boolean' ? ['true', 'false'] : Array.isArray(definition['enum']) ? definition['enum'].map(String) : null;
  const common = { label: <Label input={input} />, 'aria-label': name, error: wrong } as const;
  if (allowed)
    return (
      <Select
        {...common}
        data={allowed.includes(text) || text === '' ? allowed : [...allowed, text]}
        value={text === '' ? null : text}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  return <TextInput {...common} value={text} placeholder="no value" onChange={(event) => onChange(event.currentTarget.value)} />;
}

function DataChoiceField({ input, onChange }: FieldProps) {
  const { name, text, wrong, choices } = input;
  return (
    <Select
      label={<Label input={input} />}
      aria-label={name}
      error={wrong}
      searchable
      clearable
      placeholder={choices.length === 0 ? 'nothing of its type here' : 'nothing'}
      data={grouped(choices)}
      value={text === '' ? null : text}
      onChange={(path) => onChange(path ?? '')}
    />
  );
}

function grouped(choices: readonly DataChoice[]) {
  return [...Map.groupBy(choices, ({ group }) => group)].map(([group, items]) => ({ group, items: items.map(({ path, label }) => ({ value: path, label })) }));
}
