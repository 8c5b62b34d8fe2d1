import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { countOf } from '../../../../ui/format/number.ts';
import { countLines, isCode, isLongText } from '../../model/long-text.ts';
import { useVisit } from '../use-visit.ts';
import { LargeCodeWindow } from './large-code-window.tsx';
import type { LongText } from './use-long-text.ts';
import type { WidgetProps } from './widget-props.ts';
import classes from './parameters.module.css';

/** As much as is seen of it in the panel. */
const shownLetters = 200;

export interface LongTextWidgetProps extends WidgetProps {
  readonly long: LongText;
  readonly onClear: () => void;
}

/** A text that no field could show in time: how long it is, how it begins, and a window to edit it in. */
export function LongTextWidget({ field, id, value, isReadOnly, onChange, onClear, long }: LongTextWidgetProps) {
  const { label, widget } = field;
  const text = String(value ?? '');
  const visit = useVisit(id);
  const lines = useMemo(() => countLines(text), [text]);
  const code = {
    label,
    language: isCode(widget) ? widget : 'text',
    value: text,
    isReadOnly,
    onFocus: visit.begin,
    onChange: (next: string) => onChange(next, visit.gesture()),
  } as const;
  return (
    <div className={classes.long} role="group" aria-label={label} data-long-text>
      <span className={classes.longStart}>{text.length > shownLetters ? `${text.slice(0, shownLetters)}…` : text}</span>
      <span className="pw-xs pw-muted">
        {countOf(text.length, 'character')} in {countOf(lines, 'line')}
        {isLongText(text, widget) && ': too long for a field here'}.
      </span>
      <span className="pw-row">
        <Button size="compact-xs" variant="default" onClick={() => long.setIsLarge(true)}>
          {isReadOnly ? 'Show' : 'Edit'} in a large window
        </Button>
        {!isReadOnly && (
          <Button size="compact-xs" variant="subtle" onClick={onClear}>
            Clear
          </Button>
        )}
      </span>
      {long.isLarge && <LargeCodeWindow onClose={() => long.setIsLarge(false)} code={code} />}
    </div>
  );
}
