import type { Activity } from '@pipewright/shared/http/activity.ts';
import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import { Button } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { activityKey, activityQuery } from '../../../api/activity.ts';
import { messageOf } from '../../../api/api-error.ts';
import { createRefresher } from '../../../realtime/refresher.ts';
import { listen, useSocket } from '../../../realtime/socket.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { useSlowNow } from '../../../ui/format/use-now.ts';
import { byDay } from '../model/list-versions.ts';
import { useEditor } from '../store/editor-context.tsx';
import { ActivityRow } from './activity-row.tsx';
import classes from './history.module.css';

/** What everybody did to this draft, newest first; each row goes to its step. */
export function ActivityTab() {
  const { draftId } = useEditor();
  const now = useSlowNow();
  useFollowActivity();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...activityQuery(draftId),
    refetchOnMount: 'always',
  });
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className={classes.scroll}>
      {isPending && <SkeletonRows count={5} height={52} />}
      {error && <ErrorState title="What happened could not be read" message={messageOf(error)} onRetry={() => void refetch()} />}
      {data && all.length === 0 && <EmptyState icon={IconTimeline} title="Nothing has happened yet" hint="Edits, versions, runs and comments come here." />}
      {byDay(all, now).map(({ title, items }) => (
        <section key={title} className={classes.day}>
          <h3>{title}</h3>
          <ul aria-label={`Activity, ${title}`}>
            {items.map((activity) => (
              <ActivityRow key={keyOf(activity)} activity={activity} />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <div className={classes.actions}>
          <Button variant="default" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </div>
  );
}

/** The row of edits that are still being made stays the same one. */
const keyOf = (activity: Activity): string => `${activity.kind} ${activity.by} ${activity.kind === 'edits' ? activity.since : activity.at}`;

function useFollowActivity(): void {
  const { draftId } = useEditor();
  const socket = useSocket();
  const client = useQueryClient();
  useEffect(() => {
    const refresh = createRefresher(client);
    const readAnew = (message: { readonly draftId: string }): void => {
      if (message.draftId === draftId) refresh(activityKey(draftId));
    };
    const stops = [
      listen(socket, { event: 'draft:changed', payload: serverToClient['draft:changed'].payload, handle: readAnew }),
      listen(socket, { event: 'comments:changed', payload: serverToClient['comments:changed'].payload, handle: readAnew }),
      listen(socket, {
        event: 'runs:changed',
        payload: serverToClient['runs:changed'].payload,
        handle: ({ runs }) => {
          if (runs.some(({ origin }) => origin.kind === 'draft' && origin.draft === draftId)) refresh(activityKey(draftId));
        },
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, socket, draftId]);
}
