import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { useState } from 'react';
import { CodeField, type CodeLanguage } from '../../../../ui/code/code-field.tsx';
import { useVisit } from '../use-visit.ts';
import { LargeCodeWindow } from './large-code-window.tsx';
import type { WidgetProps } from './widget-props.ts';
import classes from './parameters.module.css';

/** Code: in the panel at a glance, in a large window to work on. Both are the same text. */
export function CodeWidget({ field, id, value, isReadOnly, onChange, language }: WidgetProps & { readonly language: CodeLanguage }) {
  const [isLarge, setIsLarge] = useState(false);
  const visit = useVisit(id);
  const common = {
    label: field.label,
    language,
    value: String(value ?? field.fallback ?? ''),
    isReadOnly,
    onFocus: visit.begin,
    onChange: (text: string) => onChange(text, visit.gesture()),
  } as const;
  return (
    <div className={classes.code}>
      <CodeField {...common} />
      <Tooltip label="Edit in a large window">
        <ActionIcon className={classes.expand} aria-label={`Edit ${field.label} in a large window`} onClick={() => setIsLarge(true)}>
          <IconArrowsMaximize size={13} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      {isLarge && <LargeCodeWindow onClose={() => setIsLarge(false)} code={common} />}
    </div>
  );
}
