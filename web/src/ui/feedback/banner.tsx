import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './feedback.module.css';

interface BannerProps {
  readonly tone?: 'warn' | 'error' | 'info';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** At the top of a page whose data is in doubt, until that is resolved. */
export function Banner({ tone = 'warn', children, actions }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <span className="pw-clip">{children}</span>
      {actions !== undefined && <span className={classes.bannerActions}>{actions}</span>}
    </div>
  );
}
