import type { ReactNode } from 'react';
import classes from './feedback.module.css';

/** Why something that a person asked for was not done, where they asked for it. */
export function Refusal({ children }: { readonly children: ReactNode }) {
  return (
    <p className={classes.refusal} role="alert">
      {children}
    </p>
  );
}
