import { ActionIcon, Button, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { joinList, splitList } from '../../model/column-list.ts';
import { readPairs, writePairs } from '../../model/named-values.ts';
import { TypedText } from '../typed-text.tsx';
import { useVisit } from '../use-visit.ts';
import type { WidgetProps } from './widget-props.ts';
import classes from './parameters.module.css';

/** Several texts, separated by commas in the value. */
export function ListWidget({ field, id, value, isReadOnly, hasError, describedBy, onChange }: WidgetProps) {
  const visit = useVisit(id);
  const items = splitList(String(value ?? ''));
  const fallback = field.fallback === null ? '' : String(field.fallback);
  return (
    <TagsInput
      size="xs"
      value={items}
      placeholder={items.length > 0 ? '' : fallback === '' ? 'Add one, then Enter' : fallback}
      readOnly={isReadOnly}
      error={hasError}
      splitChars={[',']}
      acceptValueOnBlur
      aria-label={field.label}
      aria-describedby={describedBy}
      onFocus={visit.begin}
      onChange={(next) => onChange(next.length === 0 ? undefined : joinList(next), visit.gesture())}
    />
  );
}

/** Names with values: `name = value`, one a line in the value. */
export function MapWidget({ field, id, value, isReadOnly, onChange }: WidgetProps) {
  const pairs = readPairs(String(value ?? field.fallback ?? ''));
  // A new row is only here until it has a name.
  const [isAdding, setIsAdding] = useState(false);
  const rows = isAdding || pairs.length === 0 ? [...pairs, ['', ''] as const] : pairs;
  const set = (next: readonly (readonly [string, string])[], gesture?: string): void => {
    const text = writePairs(next.filter(([name, given]) => name !== '' || given !== ''));
    onChange(text === '' ? undefined : text, gesture);
  };
  const change = (at: number, pair: readonly [string, string], gesture: string): void => {
    if (at === pairs.length) setIsAdding(false);
    set(at === pairs.length ? [...pairs, pair] : pairs.map((other, index) => (index === at ? pair : other)), gesture);
  };
  return (
    <div className={classes.pairs} role="group" aria-label={field.label}>
      {rows.map(([name, given], index) => (
        <div key={index} className={classes.pair}>
          <TypedText
            field={`${id}.${index}.name`}
            label={`Name ${index + 1} of ${field.label}`}
            placeholder="name"
            value={name}
            isReadOnly={isReadOnly}
            onType={(text, gesture) => change(index, [text.replaceAll(/[=\n]/g, ''), given], gesture)}
          />
          <TypedText
            field={`${id}.${index}.value`}
            label={`Value ${index + 1} of ${field.label}`}
            placeholder="value"
            value={given}
            isReadOnly={isReadOnly}
            onType={(text, gesture) => change(index, [name, text], gesture)}
          />
          {!isReadOnly && (
            <ActionIcon
              aria-label={`Remove ${name === '' ? 'the empty row' : name} of ${field.label}`}
              disabled={pairs.length === 0}
              onClick={() => (index === pairs.length ? setIsAdding(false) : set(pairs.filter((_, other) => other !== index)))}
            >
              <IconX size={13} stroke={1.8} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!isReadOnly && pairs.length > 0 && !isAdding && (
        <Button size="xs" variant="subtle" leftSection={<IconPlus size={13} stroke={1.8} />} onClick={() => setIsAdding(true)}>
          Add a row
        </Button>
      )}
    </div>
  );
}
