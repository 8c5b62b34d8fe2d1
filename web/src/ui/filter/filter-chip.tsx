import type { ReactNode } from 'react';
import classes from './filter-chip.module.css';

interface FilterChipProps {
  readonly isOn: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** Narrows a list to what it names; pressed while it does. */
export function FilterChip({ isOn, onToggle, children }: FilterChipProps) {
  return (
    <button type="button" className={classes.chip} aria-pressed={isOn} onClick={onToggle}>
      {children}
    </button>
  );
}
