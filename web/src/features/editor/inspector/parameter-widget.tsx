import { assertNever } from '@pipewright/shared/assert-never.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { Autocomplete, SegmentedControl, Select, Switch, TagsInput } from '@mantine/core';
import { CodeField } from '../../../ui/code/code-field.tsx';
import { describeRange, type ParameterField, readTyped } from '../model/parameter-fields.ts';
import { TypedText } from './typed-text.tsx';
import { useVisit } from './use-visit.ts';
import classes from './inspector.module.css';

export interface WidgetProps {
  readonly field: ParameterField;
  /** Names the field in the history. */
  readonly id: string;
  /** What stands in it now; null: nothing, and the default counts. */
  readonly value: Scalar | null;
  readonly isReadOnly: boolean;
  readonly hasError: boolean;
  /** The value in the attached run, where it was another. */
  readonly was: string | null;
  /** Columns of the tables that the step reads, as far as they are known. */
  readonly columns: readonly string[];
  readonly describedBy: string | undefined;
  readonly onChange: (value: Scalar | undefined, gesture?: string) => void;
}

/** The control that suits a parameter. */
export function ParameterWidget(props: WidgetProps) {
  const { widget } = props.field;
  switch (widget) {
    case 'switch':
      return <SwitchWidget {...props} />;
    case 'segments':
    case 'select':
      return <ChoiceWidget {...props} />;
    case 'number':
    case 'text':
    case 'lines':
      return <TextWidget {...props} />;
    case 'python':
    case 'sql':
      return <CodeWidget {...props} language={widget} />;
    case 'columns':
      return <ColumnsWidget {...props} />;
    case 'column':
      return <ColumnWidget {...props} />;
    default:
      return assertNever(widget);
  }
}

function SwitchWidget({ field, value, isReadOnly, describedBy, onChange }: WidgetProps) {
  const isOn = coerceLiteral(value ?? field.fallback ?? false, 'boolean') === true;
  return (
    <Switch
      checked={isOn}
      label={isOn ? 'On' : 'Off'}
      aria-label={field.label}
      aria-describedby={describedBy}
      disabled={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ChoiceWidget({ field, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
  const choices = field.definition.enum ?? [];
  const current = value ?? field.fallback;
  // What stands there although it is no choice is shown all the same, as a problem.
  const stray = current !== null && !choices.some((choice) => String(choice) === String(current)) ? [current] : [];
  const data = [...choices, ...stray].map((choice) => ({ value: String(choice), label: String(choice).replaceAll('_', ' ') }));
  const choose = (text: string | null): void => onChange(choices.find((choice) => String(choice) === text) ?? text ?? undefined);
  if (field.widget === 'segments') {
    return (
      <SegmentedControl
        fullWidth
        data={data}
        value={current === null ? '' : String(current)}
        readOnly={isReadOnly}
        aria-label={field.label}
        aria-describedby={describedBy}
        onChange={choose}
      />
    );
  }
  return (
    <Select
      size="xs"
      data={data}
      value={current === null ? null : String(current)}
      placeholder="Choose"
      readOnly={isReadOnly}
      error={hasError}
      searchable={data.length > 12}
      aria-label={field.label}
      aria-describedby={describedBy}
      onChange={choose}
    />
  );
}

const longestWas = 9;

function TextWidget({ field, id, value, isReadOnly, hasError, was, describedBy, onChange }: WidgetProps) {
  const { definition, widget, fallback, label } = field;
  const isNumber = widget === 'number';
  const unit = definition['x-pipewright']?.unit;
  // A long one stands in the tooltip of the mark; here it would leave no room for what is now.
  const beside = was === null || was.length > longestWas ? unit : `was ${was}`;
  const placeholder = fallback === null ? (isNumber ? describeRange(definition) : '') : String(fallback);
  return (
    <TypedText
      field={id}
      label={label}
      value={value === null ? '' : String(value)}
      placeholder={placeholder}
      isReadOnly={isReadOnly}
      hasError={hasError}
      isNumber={isNumber}
      {...(widget === 'lines' ? { rows: 3 } : {})}
      beside={beside === undefined ? undefined : <span className={classes.unit}>{beside}</span>}
      besideWidth={beside === undefined ? 0 : 14 + beside.length * 6.5}
      describedBy={describedBy}
      onType={(text, gesture) => onChange(text === '' && fallback !== null ? undefined : readTyped(text, definition), gesture)}
    />
  );
}

function CodeWidget({ field, id, value, isReadOnly, onChange, language }: WidgetProps & { readonly language: 'python' | 'sql' }) {
  const visit = useVisit(id);
  return (
    <CodeField
      label={field.label}
      language={language}
      value={String(value ?? field.fallback ?? '')}
      isReadOnly={isReadOnly}
      onFocus={visit.begin}
      onChange={(text) => onChange(text, visit.gesture())}
    />
  );
}

/** Comma-separated names, as tags; names of the table above are offered. */
function ColumnsWidget({ field, value, isReadOnly, hasError, columns, describedBy, onChange }: WidgetProps) {
  const names = splitNames(String(value ?? ''));
  return (
    <TagsInput
      size="xs"
      data={columns.filter((name) => !names.includes(name))}
      value={names}
      placeholder={names.length > 0 ? '' : field.fallback === null || field.fallback === '' ? 'Column names' : String(field.fallback)}
      readOnly={isReadOnly}
      error={hasError}
      splitChars={[',']}
      acceptValueOnBlur
      aria-label={field.label}
      aria-describedby={describedBy}
      maxDropdownHeight={220}
      onChange={(next) => onChange(next.length === 0 ? undefined : next.join(', '))}
    />
  );
}

function ColumnWidget({ field, id, value, isReadOnly, hasError, columns, describedBy, onChange }: WidgetProps) {
  const visit = useVisit(id);
  return (
    <Autocomplete
      size="xs"
      data={[...columns]}
      value={String(value ?? '')}
      placeholder={field.fallback === null || field.fallback === '' ? 'Column name' : String(field.fallback)}
      readOnly={isReadOnly}
      error={hasError}
      aria-label={field.label}
      aria-describedby={describedBy}
      maxDropdownHeight={220}
      onFocus={visit.begin}
      onChange={(text) => onChange(text === '' ? undefined : text, visit.gesture())}
    />
  );
}

const splitNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
