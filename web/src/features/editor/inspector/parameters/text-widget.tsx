import type { KeyboardEvent } from 'react';
import { describeRange, readTyped } from '../../model/parameter-fields.ts';
import { stepNumber } from '../../model/step-number.ts';
import { TypedText } from '../typed-text.tsx';
import type { WidgetProps } from './widget-props.ts';
import classes from '../inspector.module.css';

const longestWas = 9;
const bigStep = 10;

/** A number or a text; arrows change a number by its step, with Shift by ten. */
export function TextWidget({ field, id, value, isReadOnly, hasError, was, describedBy, onChange }: WidgetProps) {
  const { definition, widget, fallback, label } = field;
  const isNumber = widget === 'number';
  const extension = definition['x-pipewright'];
  // A long one stands in the tooltip of the mark; here it would leave no room for what is now.
  const beside = was === null || was.length > longestWas ? extension?.unit : `was ${was}`;
  const placeholder = fallback === null ? (isNumber ? describeRange(definition) : '') : String(fallback);
  const step = (text: string, event: KeyboardEvent): string | null => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!isNumber || by === undefined || event.altKey || event.ctrlKey || event.metaKey) return null;
    const from = Number(text.trim() === '' ? (fallback ?? definition.min ?? 0) : text);
    if (!Number.isFinite(from)) return null;
    const { type, min, max } = definition;
    return String(stepNumber(from, event.shiftKey ? by * bigStep : by, { type, min, max, step: extension?.step }));
  };
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
      onStep={step}
      onType={(text, gesture) => onChange(text === '' && fallback !== null ? undefined : readTyped(text, definition), gesture)}
    />
  );
}

const inputTypes = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;

/** A day, a time of day or both: the value is as ISO 8601 writes it. */
export function MomentWidget({ field, id, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
  const type = inputTypes[field.widget === 'date' || field.widget === 'time' ? field.widget : 'datetime'];
  return (
    <TypedText
      field={id}
      label={field.label}
      type={type}
      value={String(value ?? field.fallback ?? '')}
      isReadOnly={isReadOnly}
      hasError={hasError}
      describedBy={describedBy}
      onType={(text, gesture) => onChange(text === '' ? undefined : text, gesture)}
    />
  );
}
