import type { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { Button } from '@mantine/core';
import { IconPackages, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../../api/api-error.ts';
import { pipelinesQuery } from '../../../api/pipelines.ts';
import { fuzzyScore } from '../../../ui/commands/fuzzy-score.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';
import { PublishedExport } from './published-export.tsx';
import { useClone } from '../gallery/use-clone.ts';

const columns: readonly Column<PublishedPipeline>[] = [
  { key: 'name', head: 'Pipeline', width: '26%', render: (pipeline) => <Truncate className="pw-med">{pipeline.displayName}</Truncate> },
  { key: 'id', head: 'Name', width: '18%', isMinor: true, render: (pipeline) => <Truncate className="pw-mono">{pipeline.name}</Truncate> },
  { key: 'description', head: 'Description', render: (pipeline) => <Truncate className="pw-t2">{pipeline.description}</Truncate> },
  { key: 'version', head: 'Version', width: 70, isNumber: true, render: (pipeline) => pipeline.version },
  { key: 'steps', head: 'Steps', width: 60, isNumber: true, render: (pipeline) => pipeline.stepCount },
  { key: 'by', head: 'By', width: 100, isMinor: true, render: (pipeline) => <Truncate className="pw-t2">{pipeline.by}</Truncate> },
  {
    key: 'at',
    head: 'Published',
    width: 110,
    isNumber: true,
    render: (pipeline) => <RelativeTime at={pipeline.publishedAt} />,
  },
];

/** Published pipelines: immutable, so they are cloned, never edited. */
export function PublishedList({ search }: { readonly search: string }) {
  const query = useQuery(pipelinesQuery());
  const { clone, isCloning } = useClone();
  const pipelines = query.data ?? [];
  const shown = pipelines.filter((pipeline) => fuzzyScore(search, `${pipeline.displayName} ${pipeline.name}`) > 0);
  return (
    <div className="pw-card">
      {query.isPending && <SkeletonRows count={4} height={35} />}
      {query.isError && !query.data && (
        <ErrorState title="Published pipelines could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && pipelines.length === 0 && (
        <EmptyState
          icon={IconPackages}
          title="Nothing is published yet"
          hint="Publish, in a draft’s bar, makes a version that never changes. It stands here and in the gallery for anyone on this server."
        />
      )}
      {pipelines.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearchOff} title={`Nothing published is called “${search}”`} hint="Fewer letters may find it." />
      )}
      {shown.length > 0 && (
        <DataTable
          label="Published pipelines"
          columns={columns}
          rows={shown}
          rowKey={(pipeline) => `${pipeline.name}:${pipeline.version}`}
          renderActions={(pipeline) => (
            <>
              <PublishedExport pipeline={pipeline} />
              <Button size="xs" variant="default" disabled={isCloning} aria-label={`Clone ${pipeline.displayName}`} onClick={() => clone(pipeline.name)}>
                Clone
              </Button>
            </>
          )}
        />
      )}
    </div>
  );
}
