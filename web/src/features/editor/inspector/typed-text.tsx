import { Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useVisit } from './use-visit.ts';

interface TypedTextProps {
  /** What the field is about, for the history. */
  readonly field: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  readonly hasError?: boolean;
  readonly isNumber?: boolean;
  readonly rows?: number;
  readonly type?: 'text' | 'date' | 'time' | 'datetime-local';
  readonly beside?: ReactNode;
  readonly besideWidth?: number;
  readonly describedBy?: string | undefined;
  /** The text that a key makes of the text; null: it makes none. */
  readonly onStep?: (text: string, event: KeyboardEvent) => string | null;
  /** Called with every change; `gesture` is the same during one visit. */
  readonly onType: (text: string, gesture: string) => void;
}

/**
 * A text that takes effect as it is typed. What is being typed stays as typed until the field is left, however the
 * value reads by then; Esc brings back what stood here when the visit began.
 */
export function TypedText({
  field,
  label,
  value,
  placeholder,
  isReadOnly,
  hasError,
  isNumber,
  rows,
  beside,
  besideWidth,
  describedBy,
  type: inputType = 'text',
  onStep,
  onType,
}: TypedTextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const before = useRef(value);
  const visit = useVisit(field);
  const type = (text: string): void => {
    setTyped(text);
    onType(text, visit.gesture());
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const stepped = isReadOnly ? null : (onStep?.(typed ?? value, event) ?? null);
    if (stepped !== null) {
      event.preventDefault();
      type(stepped);
    }
    if (event.key === 'Enter' && rows === undefined) event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (typed !== null && typed !== before.current) onType(before.current, visit.gesture());
    setTyped(null);
    event.currentTarget.blur();
  };
  const common = {
    size: 'xs',
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': hasError || undefined,
    error: hasError,
    value: typed ?? value,
    placeholder,
    readOnly: isReadOnly,
    onFocus: () => {
      visit.begin();
      before.current = value;
    },
    onBlur: () => setTyped(null),
    onKeyDown: handleKeyDown,
  } as const;
  if (rows !== undefined) return <Textarea {...common} autosize minRows={rows} maxRows={12} onChange={(event) => type(event.currentTarget.value)} />;
  return (
    <TextInput
      {...common}
      type={inputType}
      inputMode={isNumber ? 'decimal' : 'text'}
      className={isNumber ? 'pw-num' : ''}
      rightSection={beside}
      rightSectionWidth={besideWidth ?? 0}
      rightSectionPointerEvents="none"
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
