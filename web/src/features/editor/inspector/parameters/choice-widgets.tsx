import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import { SegmentedControl, Select, Switch } from '@mantine/core';
import type { WidgetProps } from './widget-props.ts';

export function SwitchWidget({ field, value, isReadOnly, describedBy, onChange }: WidgetProps) {
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

/** More choices than this are looked for by typing. */
const mostWithoutSearch = 6;

/** One of several values: side by side where they fit, else in a list. */
export function ChoiceWidget({ field, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
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
      searchable={data.length > mostWithoutSearch}
      nothingFoundMessage="None of the choices"
      aria-label={field.label}
      aria-describedby={describedBy}
      onChange={choose}
    />
  );
}
