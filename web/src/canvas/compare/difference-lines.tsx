import { lineDifference } from './line-difference.ts';
import classes from './compare.module.css';

const signs = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;

/** Two texts line by line: marked by sign and colour. */
export function DifferenceLines({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <pre className={classes.lines}>
      {lineDifference(before, after).map(({ kind, text }, index) => (
        <span key={index} data-line={kind}>
          {signs[kind]} {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
