import type { Run } from '@pipewright/shared/http/runs.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runKeys, runQuery } from '../api/runs.ts';
import { applyRunEvents, dropRunStore, runStoreOf, seedRun } from './run-store.ts';
import { type PageSocket, useSocket } from './socket.ts';
import { watchRun } from './watch-run.ts';

/** Who watches a run now, so that one watch serves all of them. */
const watches = new Map<string, { watchers: number; stop: () => void }>();

/**
 * Reads a run and keeps its store up to date while a component shows it. The query holds what never changes (the
 * snapshot); `useStepRun`, `useRunSummary` and `runStoreOf` say what is so now.
 */
export function useLiveRun(runId: string | null): UseQueryResult<Run> {
  const socket = useSocket();
  const client = useQueryClient();
  const query = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const run = query.data;
  useEffect(() => {
    if (runId === null || run?.id !== runId) return;
    seedRun(runStoreOf(runId), run);
    return joinWatch(socket, runId, () => void client.invalidateQueries({ queryKey: runKeys.detail(runId) }));
  }, [socket, client, runId, run]);
  return query;
}

function joinWatch(socket: PageSocket, runId: string, onLost: () => void): () => void {
  const watch = watches.get(runId) ?? { watchers: 0, stop: startWatch(socket, runId, () => lose(runId, onLost)) };
  watches.set(runId, watch);
  watch.watchers += 1;
  return () => {
    watch.watchers -= 1;
    // A component that leaves and comes back at once (a new query result, strict mode) keeps the watch.
    queueMicrotask(() => {
      if (watch.watchers > 0 || watches.get(runId) !== watch) return;
      watches.delete(runId);
      watch.stop();
      dropRunStore(runId);
    });
  };
}

/** A watch that lost its place is over; the run is read anew and watched from there. */
function lose(runId: string, onLost: () => void): void {
  watches.get(runId)?.stop();
  watches.delete(runId);
  onLost();
}

function startWatch(socket: PageSocket, runId: string, onLost: () => void): () => void {
  const store = runStoreOf(runId);
  const { summary } = store.getState();
  if (summary && isRunEnded(summary.status)) return () => {};
  return watchRun(socket, {
    runId,
    afterSeq: summary?.lastSeq ?? 0,
    deliver: (events) => applyRunEvents(store, events),
    onLost,
  });
}
