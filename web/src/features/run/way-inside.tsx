import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import { wayTo } from '../../step-run/inside.ts';
import classes from '../../step-run/step-run.module.css';

interface WayInsideProps {
  readonly run: string;
  readonly snapshot: RunSnapshot;
  readonly inside: string;
}

export const insideHref = (run: string, inside: string): string => `/runs/${run}${inside === '' ? '' : `?inside=${encodeURIComponent(inside)}`}`;

/** Where in the nested pipelines the graph is, and the way back up; nothing at the top. */
export function WayInside({ run, snapshot, inside }: WayInsideProps) {
  if (inside === '') return null;
  const way = [{ key: '', title: snapshot.document.display_name ?? 'Pipeline' }, ...wayTo(snapshot, inside)];
  return (
    <nav className={classes.way} aria-label="Inside">
      {way.map(({ key, title }, index) => (
        <span key={key} className="pw-row">
          {index > 0 && <IconChevronRight size={14} stroke={1.8} aria-hidden />}
          {key === inside ? (
            <strong className="pw-med" aria-current="page">
              {title}
            </strong>
          ) : (
            <Link className="pw-link" to={insideHref(run, key)}>
              {title}
            </Link>
          )}
        </span>
      ))}
    </nav>
  );
}
