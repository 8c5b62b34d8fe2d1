import type { ReactNode } from 'react';
import classes from './feedback.module.css';

type ChipTone = 'plain' | 'warn' | 'error' | 'ok' | 'brand';

/** A small fact beside a name. */
export function Chip({ tone = 'plain', children }: { readonly tone?: ChipTone; readonly children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  );
}
