import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ThemeToggle } from './theme-toggle.tsx';
import classes from './bar.module.css';

interface TopBarProps {
  /** Where am I: the last one is this page. */
  readonly crumbs: readonly Crumb[];
  /** The state of what is shown, beside its name. */
  readonly state?: ReactNode;
  /** In the middle. */
  readonly center?: ReactNode;
  /** Actions, the primary one at the far right. */
  readonly actions?: ReactNode;
  readonly isThemeShown?: boolean;
}

export interface Crumb {
  readonly text: ReactNode;
  readonly to?: string;
  /** Left out in narrow windows. */
  readonly isMinor?: boolean;
}

/** The one bar over a page: where am I, its state, then what to do. */
export function TopBar({ crumbs, state, center, actions, isThemeShown = true }: TopBarProps) {
  return (
    <header className={classes.bar} data-pane tabIndex={-1} aria-label="Page">
      <nav className={classes.crumbs} aria-label="Breadcrumb">
        {crumbs.map((crumb, index) => (
          <Fragment key={index}>
            {index > 0 && (
              <IconChevronRight className={classes.chevron} data-minor={crumbs[index - 1]?.isMinor || undefined} size={13} stroke={1.8} aria-hidden />
            )}
            <CrumbText crumb={crumb} isLast={index === crumbs.length - 1} />
          </Fragment>
        ))}
      </nav>
      {state}
      {center === undefined ? <span className={classes.space} /> : <div className={classes.center}>{center}</div>}
      {isThemeShown && <ThemeToggle />}
      {actions}
    </header>
  );
}

function CrumbText({ crumb, isLast }: { readonly crumb: Crumb; readonly isLast: boolean }) {
  if (isLast) return <h1 className={classes.here}>{crumb.text}</h1>;
  if (crumb.to === undefined) {
    return (
      <span className={classes.crumb} data-minor={crumb.isMinor || undefined}>
        {crumb.text}
      </span>
    );
  }
  return (
    <Link to={crumb.to} className={classes.crumb} data-minor={crumb.isMinor || undefined}>
      {crumb.text}
    </Link>
  );
}
