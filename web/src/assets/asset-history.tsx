import type { AssetUse } from '@pipewright/shared/http/assets.ts';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '../api/api-error.ts';
import { type AssetAddress, assetQuery, assetUsesQuery } from '../api/assets.ts';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeletons.tsx';
import { RelativeTime } from '../ui/format/relative-time.tsx';
import { DetailPart } from '../ui/list-detail/detail.tsx';
import { StatusIcon } from '../ui/status/status-icon.tsx';
import classes from './assets.module.css';

/** Which runs made a version, and which used it. */
export function AssetHistory({ address }: { readonly address: AssetAddress }) {
  const made = useQuery(assetQuery(address));
  const used = useInfiniteQuery(assetUsesQuery(address));
  const uses = used.data?.pages.flatMap(({ items }) => items) ?? [];
  if (made.isError) return <ErrorState title="The runs could not be read" message={messageOf(made.error)} onRetry={() => void made.refetch()} />;
  if (!made.data) return <SkeletonRows count={3} />;
  const { madeBy, origin } = made.data;
  const isBytes = address.noun === 'data' || address.noun === 'models';
  return (
    <>
      {isBytes && (
        <DetailPart title="Made by">
          {madeBy.length > 0 && <Uses label="Made by" uses={madeBy} />}
          {madeBy.length === 0 && (
            <p className="pw-sm pw-muted">{origin ? `run ${origin.run}, which was removed` : 'Nobody’s run: it was registered as it lay.'}</p>
          )}
        </DetailPart>
      )}
      <DetailPart title="Used by">
        {uses.length === 0 && !used.isPending && <p className="pw-sm pw-muted">No run yet.</p>}
        {uses.length > 0 && <Uses label="Used by" uses={uses} />}
        {used.hasNextPage && (
          <Button size="xs" variant="default" loading={used.isFetchingNextPage} onClick={() => void used.fetchNextPage()}>
            Show more
          </Button>
        )}
      </DetailPart>
    </>
  );
}

function Uses({ label, uses }: { readonly label: string; readonly uses: readonly AssetUse[] }) {
  return (
    <ul className={classes.uses} aria-label={label}>
      {uses.map((use) => (
        <li key={`${use.run}/${use.step}/${use.port}`} className={classes.use}>
          <StatusIcon status={use.status} />
          <Link className="pw-link pw-clip" to={`/runs/${use.run}/steps/${encodeURIComponent(use.step)}/${use.role === 'input' ? 'parameters' : 'outputs'}`}>
            run {use.run} · {use.runName}
          </Link>
          <span className="pw-muted pw-clip">{whereOf(use)}</span>
          <span className="pw-muted pw-num">
            <RelativeTime at={use.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function whereOf({ step, port, steps }: AssetUse): string {
  if (port !== '') return `${step}, ${port}`;
  return steps > 1 ? `${step} and ${steps - 1} more` : step;
}
