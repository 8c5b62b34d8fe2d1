import type { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { GraphThumbnail } from '../../../ui/graph/graph-thumbnail.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';
import { describeOrigin } from './describe-origin.ts';
import classes from '../workspace.module.css';

interface DraftRowProps {
  readonly draft: DraftSummary;
  /** The person at this browser. */
  readonly me: string | undefined;
  readonly actions?: ReactNode;
  /** Stands in place of the name while it is being changed. */
  readonly nameEditor?: ReactNode;
}

/** A draft in a list; the row as a whole opens it. */
export function DraftRow({ draft, me, actions, nameEditor }: DraftRowProps) {
  const { id, name, updatedAt, by, revision, problemCount, lastRun } = draft;
  return (
    <li className={classes.draftRow} data-draft={id}>
      <div className={classes.mini}>{draft.thumbnail.steps.length > 0 && <GraphThumbnail thumbnail={draft.thumbnail} form="mini" />}</div>
      <div className="pw-grow">
        {nameEditor ?? (
          <Link to={`/drafts/${id}`} className={classes.draftLink}>
            <Truncate full={name}>{name}</Truncate>
          </Link>
        )}
        <div className="pw-xs pw-muted pw-clip">
          {draft.from !== null && <span title={draft.from}>{describeOrigin(draft.from)} · </span>}
          edited <RelativeTime at={updatedAt} /> by {by === me ? 'you' : by} · revision <span className="pw-num">{revision}</span>
        </div>
      </div>
      {actions !== undefined && <span className={classes.draftActions}>{actions}</span>}
      {problemCount > 0 && <Chip tone="warn">{countOf(problemCount, 'problem')}</Chip>}
      <span className={classes.draftRun}>
        {lastRun ? (
          <>
            <StatusWord status={lastRun.status} />
            <Link to={`/runs/${lastRun.id}`} className="pw-t2 pw-num">
              run {lastRun.id}
            </Link>
          </>
        ) : (
          <span className="pw-muted">never run</span>
        )}
      </span>
    </li>
  );
}
