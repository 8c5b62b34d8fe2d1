import { type AnyStatus, statusLooks } from './status-looks.ts';
import classes from './status.module.css';

interface StatusIconProps {
  readonly status: AnyStatus;
  readonly size?: number;
  /** Given where no word stands beside the icon; otherwise the icon is silent. */
  readonly label?: string;
}

export function StatusIcon({ status, size = 14, label }: StatusIconProps) {
  const Icon = statusLooks[status].icon;
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <Icon {...naming} size={size} stroke={2} data-st={status} className={classes.icon} data-spins={status === 'running' || undefined} />;
}
