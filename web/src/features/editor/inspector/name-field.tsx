import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly error: string | null;
  readonly onCommit: (name: string) => void;
}

/** A name that others refer to: it takes effect when it is finished, on Enter and on leaving, never half-typed. */
export function NameField({ label, value, isReadOnly, error, onCommit }: NameFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const end = (): void => {
    if (text !== null && text.trim() !== value) onCommit(text.trim());
    setText(null);
  };
  return (
    <TextInput
      size="xs"
      className="pw-mono"
      aria-label={label}
      value={text ?? value}
      readOnly={isReadOnly}
      error={error}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setText(null);
        // Blur would commit what has just been thrown away.
        const field = event.currentTarget;
        setTimeout(() => field.blur());
      }}
    />
  );
}
