import type { CSSProperties } from 'react';
import { useDetailLevel } from './detail-level.tsx';
import { useNamesAt } from './step-facts.ts';
import { personColour } from '../ui/people/person-look.ts';
import classes from './step-company.module.css';

/** Around a step that others have selected: a ring in the colour of the first of them, and who they are. */
export function StepCompany({ step }: { readonly step: string }) {
  const names = useNamesAt(step);
  const level = useDetailLevel();
  const [first, ...others] = names;
  if (first === undefined) return null;
  const style: CSSProperties & Record<'--person', string> = { '--person': personColour(first) };
  return (
    <span className={classes.company} style={style} data-company={names.join(', ')}>
      {(level === 'full' || level === 'title') && (
        <span className={classes.name} data-level={level} title={names.join(', ')}>
          {first}
          {others.length > 0 && ` +${others.length}`}
        </span>
      )}
    </span>
  );
}
