import { Button } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { draftsQuery } from '../../../api/drafts.ts';
import { workspaceQuery } from '../../../api/workspace.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { Heading } from '../../../ui/page/heading.tsx';
import { DraftRow } from '../pipelines/draft-row.tsx';
import { useNewPipeline } from '../pipelines/use-new-pipeline.ts';

const shownCount = 5;

export function HomeDrafts() {
  const query = useQuery(draftsQuery());
  const me = useQuery(workspaceQuery()).data?.displayName;
  const { create, isCreating } = useNewPipeline();
  const drafts = query.data ?? [];
  return (
    <section aria-label="Drafts">
      <Heading
        title="Drafts"
        beside={drafts.length > 0 && <span className="pw-sm pw-muted pw-num">{drafts.length}</span>}
        end={
          <Link to="/pipelines" className="pw-link pw-sm">
            All pipelines
          </Link>
        }
      />
      <div className="pw-card">
        {query.isPending && <SkeletonRows count={shownCount} height={62} />}
        {query.isError && !query.data && (
          <ErrorState form="row" title="Your drafts could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.data && drafts.length === 0 && (
          <EmptyState
            form="row"
            icon={IconSitemap}
            title="No drafts yet"
            hint="Clone a pipeline from the gallery above, or begin with an empty canvas."
            action={
              <Button variant="default" loading={isCreating} onClick={create}>
                New pipeline
              </Button>
            }
          />
        )}
        <ul>
          {drafts.slice(0, shownCount).map((draft) => (
            <DraftRow key={draft.id} draft={draft} me={me} />
          ))}
        </ul>
      </div>
    </section>
  );
}
