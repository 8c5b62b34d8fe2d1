import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { useStepChoices } from '../inspector/use-step-choices.ts';
import { selectedKeys } from '../store/selectors.ts';

const kinds = ['all', 'to', 'from', 'one', 'some'] as const;
type Kind = (typeof kinds)[number];

const kindOf = ({ from, to, only }: PartOfRun): Kind =>
  only !== undefined ? (only.length === 1 ? 'one' : 'some') : to !== undefined ? 'to' : from !== undefined ? 'from' : 'all';

function partOf(kind: Kind, step: string, several: readonly string[]): PartOfRun {
  switch (kind) {
    case 'all':
      return {};
    case 'to':
      return { to: step };
    case 'from':
      return { from: step };
    case 'one':
      return { only: [step] };
    case 'some':
      return { only: [...several] };
    default:
      return assertNever(kind);
  }
}

interface PartFieldProps {
  readonly part: PartOfRun;
  readonly onChange: (part: PartOfRun) => void;
}

/** Which steps a run is about: all, up to one, from one on, one alone, or those that are selected. */
export function PartField({ part, onChange }: PartFieldProps) {
  const drawn = useDerived((derived) => derived.drawn);
  const selected = useEditorState(selectedKeysText);
  // What was chosen when the dialog opened can be chosen again.
  const [several] = useState(() => (part.only && part.only.length > 1 ? part.only : selected === '' ? [] : selected.split(' ')));
  const kind = kindOf(part);
  const step = part.to ?? part.from ?? part.only?.[0] ?? several[0] ?? [...drawn.keys()].at(-1) ?? '';
  const isOfOne = kind === 'to' || kind === 'from' || kind === 'one';
  const steps = useMemo(() => [...drawn].map(([key, { title }]) => ({ value: key, label: title })), [drawn]);
  const choices = useStepChoices(steps, [step]);
  if (drawn.size === 0) return null;
  return (
    <>
      <Select
        label="Steps"
        allowDeselect={false}
        data={[
          { value: 'all', label: 'All steps' },
          { value: 'to', label: 'Up to one step' },
          { value: 'from', label: 'From one step on' },
          { value: 'one', label: 'One step alone' },
          ...(several.length > 1 ? [{ value: 'some', label: `The ${countOf(several.length, 'selected step')}` }] : []),
        ]}
        value={kind}
        onChange={(next) => onChange(partOf(kinds.find((known) => known === next) ?? 'all', step, several))}
      />
      {isOfOne && (
        <Select
          aria-label="Which step"
          searchable
          allowDeselect={false}
          {...choices}
          value={step}
          onChange={(next) => next !== null && onChange(partOf(kind, next, several))}
        />
      )}
    </>
  );
}

/** Text, so that it can be compared. */
const selectedKeysText = (state: Parameters<typeof selectedKeys>[0]): string => selectedKeys(state).join(' ');
