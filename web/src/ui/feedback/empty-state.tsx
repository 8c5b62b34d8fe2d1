import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './feedback.module.css';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  /** One line: what it is. */
  readonly title: string;
  /** One line: what to do. */
  readonly hint: ReactNode;
  /** One button that does it. */
  readonly action?: ReactNode;
  /** `row`: within a card of a page; `page`: in the middle of an empty pane. */
  readonly form?: 'row' | 'page';
}

export function EmptyState({ icon: Icon, title, hint, action, form = 'page' }: EmptyStateProps) {
  return (
    <div className={classes.empty} data-form={form}>
      <span className={classes.emptyIcon} aria-hidden>
        <Icon size={20} stroke={1.8} />
      </span>
      <div className={classes.emptyText}>
        <strong>{title}</strong>
        <div className="pw-sm pw-t2">{hint}</div>
      </div>
      {action}
    </div>
  );
}
