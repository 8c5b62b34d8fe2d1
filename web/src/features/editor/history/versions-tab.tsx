import { Button } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { messageOf } from '../../../api/api-error.ts';
import { checkpointsQuery, publishedOfDraftQuery } from '../../../api/drafts.ts';
import { runsQuery } from '../../../api/runs.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { useSlowNow } from '../../../ui/format/use-now.ts';
import { byDay, listVersions } from '../model/list-versions.ts';
import { formatSource } from '../model/compared-source.ts';
import { useEditor } from '../store/editor-context.tsx';
import { VersionRow } from './version-row.tsx';
import classes from './history.module.css';

/** Everything that was kept of this draft: versions with a name, runs, what was kept while it was edited, what was published. */
export function VersionsTab() {
  const { draftId, store } = useEditor();
  const now = useSlowNow();
  const checkpoints = useQuery({ ...checkpointsQuery(draftId), refetchOnMount: 'always' });
  const published = useQuery({ ...publishedOfDraftQuery(draftId), refetchOnMount: 'always' });
  const runs = useInfiniteQuery(runsQuery({ draft: draftId }));
  const failed = checkpoints.error ?? published.error;
  const versions = listVersions({
    checkpoints: checkpoints.data ?? [],
    published: published.data ?? [],
    runs: runs.data?.pages.flatMap(({ items }) => items) ?? [],
  });
  const readAgain = (): void => {
    void checkpoints.refetch();
    void published.refetch();
  };
  const save = (): void => store.getState().open({ kind: 'save-version' });
  return (
    <div className={classes.scroll}>
      <div className={classes.actions}>
        <Button variant="default" fullWidth leftSection={<IconBookmarkPlus size={15} stroke={1.8} />} onClick={save}>
          Save a version…
        </Button>
      </div>
      {checkpoints.isPending && <SkeletonRows count={4} height={52} />}
      {failed && <ErrorState title="The versions could not be read" message={messageOf(failed)} onRetry={readAgain} />}
      {checkpoints.isSuccess && versions.length === 0 && (
        <EmptyState
          icon={IconBookmark}
          title="No versions yet"
          hint="One is kept at every run, every ten minutes of editing, and whenever you save one under a name."
        />
      )}
      {byDay(versions, now).map(({ title, items: ofDay }) => (
        <section key={title} className={classes.day}>
          <h3>{title}</h3>
          <ul>
            {ofDay.map((version) => (
              <VersionRow key={formatSource(version.source)} version={version} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
