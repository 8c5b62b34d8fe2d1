import { SegmentedControl } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { recentRunsQuery } from '../../../api/runs.ts';
import { workspaceQuery } from '../../../api/workspace.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { Heading } from '../../../ui/page/heading.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { recentRunColumns, runHref, runName } from '../runs/run-columns.tsx';

const shownCount = 8;

export function HomeRuns() {
  const query = useQuery(recentRunsQuery());
  const me = useQuery(workspaceQuery()).data?.displayName;
  const [whose, setWhose] = useState('everyone');
  const runs = (query.data ?? []).filter((run) => whose === 'everyone' || run.by === me).slice(0, shownCount);
  return (
    <section aria-label="Recent runs">
      <Heading
        title="Recent runs"
        beside={
          <SegmentedControl
            aria-label="Whose runs"
            value={whose}
            onChange={setWhose}
            data={[
              { value: 'everyone', label: 'Everyone' },
              { value: 'mine', label: 'Mine' },
            ]}
          />
        }
        end={
          <Link to="/runs" className="pw-link pw-sm">
            All runs
          </Link>
        }
      />
      <div className="pw-card">
        {query.isPending && <SkeletonRows count={shownCount} height={35} />}
        {query.isError && !query.data && (
          <ErrorState form="row" title="The runs could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.data && runs.length === 0 && (
          <EmptyState form="row" icon={IconHistory} title="No runs yet" hint="Open a draft and press Run: every step shows here as it happens." />
        )}
        {runs.length > 0 && (
          <DataTable label="Recent runs" columns={recentRunColumns} rows={runs} rowKey={(run) => run.id} rowHref={runHref} rowName={runName} />
        )}
      </div>
    </section>
  );
}
