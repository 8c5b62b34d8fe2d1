import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFold, IconLayoutNavbarExpand } from '@tabler/icons-react';
import type { Nesting } from './step-facts.ts';

interface FoldButtonProps {
  readonly step: string;
  readonly isUnfolded: boolean;
  readonly nesting: Nesting;
}

/** Unfolds a pipeline in its place, or folds it. */
export function FoldButton({ step, isUnfolded, nesting }: FoldButtonProps) {
  const label = isUnfolded ? 'Fold (E)' : 'Unfold in place (E)';
  const Icon = isUnfolded ? IconFold : IconLayoutNavbarExpand;
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={isUnfolded ? 'Fold' : 'Unfold in place'}
        aria-expanded={isUnfolded}
        data-fold={step}
        // The step itself is the stop of the keyboard; E does the same.
        tabIndex={-1}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          nesting.toggle(step);
        }}
      >
        <Icon size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
