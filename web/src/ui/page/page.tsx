import type { ReactNode } from 'react';
import { type Crumb, TopBar } from '../bar/top-bar.tsx';
import classes from './page.module.css';

interface PageProps {
  /** Of the browser's tab. */
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly state?: ReactNode;
  readonly center?: ReactNode;
  readonly actions?: ReactNode;
  /** `scroll`: one column that scrolls; `panes`: the page lays out its own panes. */
  readonly form?: 'scroll' | 'panes';
  readonly children: ReactNode;
}

/** A page of the product: the bar, and what lies under it. */
export function Page({ title, crumbs, state, center, actions, form = 'scroll', children }: PageProps) {
  return (
    <>
      <title>{`${title} · Pipewright`}</title>
      <TopBar crumbs={crumbs} state={state} center={center} actions={actions} />
      <main className={form === 'scroll' ? classes.scroll : classes.panes} data-pane={form === 'scroll' || undefined} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
