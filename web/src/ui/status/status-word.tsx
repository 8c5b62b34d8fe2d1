import { StatusIcon } from './status-icon.tsx';
import { type AnyStatus, statusWord } from './status-looks.ts';
import classes from './status.module.css';

/** Icon and word in the colour of the status. */
export function StatusWord({ status, size = 14 }: { readonly status: AnyStatus; readonly size?: number }) {
  return (
    <span className={classes.word} data-st={status}>
      <StatusIcon status={status} size={size} />
      {statusWord(status)}
    </span>
  );
}
