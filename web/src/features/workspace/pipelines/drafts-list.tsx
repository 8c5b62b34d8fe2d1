import { Button } from '@mantine/core';
import { IconSearchOff, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { draftsQuery } from '../../../api/drafts.ts';
import { workspaceQuery } from '../../../api/workspace.ts';
import { fuzzyScore } from '../../../ui/commands/fuzzy-score.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { EditableDraftRow } from './editable-draft-row.tsx';

export function DraftsList({ search }: { readonly search: string }) {
  const query = useQuery(draftsQuery());
  const me = useQuery(workspaceQuery()).data?.displayName;
  const drafts = query.data ?? [];
  const shown = drafts.filter((draft) => fuzzyScore(search, draft.name) > 0);
  return (
    <div className="pw-card">
      {query.isPending && <SkeletonRows count={6} height={62} />}
      {query.isError && !query.data && (
        <ErrorState title="Your drafts could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && drafts.length === 0 && (
        <EmptyState
          icon={IconSitemap}
          title="No drafts yet"
          hint="A draft is a pipeline you are working on. Clone one from the gallery, open a YAML file, or begin with an empty canvas."
          action={
            <Button variant="default" component={Link} to="/gallery">
              Open the gallery
            </Button>
          }
        />
      )}
      {drafts.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearchOff} title={`No draft is called “${search}”`} hint="Fewer letters may find it." />
      )}
      <ul aria-label="Drafts">
        {shown.map((draft) => (
          <EditableDraftRow key={draft.id} draft={draft} me={me} />
        ))}
      </ul>
    </div>
  );
}
