import type { ReactNode } from 'react';
import classes from './list-detail.module.css';

interface DetailProps {
  readonly mark: ReactNode;
  readonly title: string;
  /** Small facts under the title. */
  readonly line?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The right side of a list: one thing, in full. */
export function Detail({ mark, title, line, actions, children }: DetailProps) {
  return (
    <article className={classes.body} aria-label={title}>
      <header className={classes.head}>
        {mark}
        <div className="pw-grow">
          <h2>{title}</h2>
          {line !== undefined && <div className={classes.headLine}>{line}</div>}
        </div>
        {actions !== undefined && <div className={classes.headEnd}>{actions}</div>}
      </header>
      {children}
    </article>
  );
}

interface DetailPartProps {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function DetailPart({ title, beside, children }: DetailPartProps) {
  return (
    <section className={classes.part}>
      <h3>
        {title}
        {beside}
      </h3>
      {children}
    </section>
  );
}

/** Names and values, one pair a line. */
export function DetailFacts({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

export function DetailFact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function DetailCode({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <pre className={classes.code} aria-label={label} tabIndex={0}>
      {text}
    </pre>
  );
}
