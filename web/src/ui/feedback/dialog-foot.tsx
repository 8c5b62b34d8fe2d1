import type { ReactNode } from 'react';
import classes from './feedback.module.css';

/** The buttons of a dialog, at its end. */
export function DialogFoot({ children }: { readonly children: ReactNode }) {
  return <div className={classes.dialogFoot}>{children}</div>;
}
