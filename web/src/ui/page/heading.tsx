import type { ReactNode } from 'react';
import classes from './page.module.css';

interface HeadingProps {
  readonly title: string;
  /** Beside the title: a count, a sentence, a control. */
  readonly beside?: ReactNode;
  /** At the right edge. */
  readonly end?: ReactNode;
}

/** The head of a part of a page. */
export function Heading({ title, beside, end }: HeadingProps) {
  return (
    <div className={classes.heading}>
      <h2>{title}</h2>
      {beside}
      {end !== undefined && <span className={classes.headingEnd}>{end}</span>}
    </div>
  );
}
