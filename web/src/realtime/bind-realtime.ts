import type { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { assetKeys } from '../api/assets.ts';
import { draftKeys, draftsQuery } from '../api/drafts.ts';
import { runKeys } from '../api/runs.ts';
import { createRefresher } from './refresher.ts';
import { enterRoom } from './rooms.ts';
import { listen, type PageSocket } from './socket.ts';

interface RunPage {
  readonly items: readonly RunSummary[];
}
type RunList = readonly RunSummary[] | InfiniteData<RunPage>;

/**
 * The one door from the socket to the query cache: what is small and known is written, anything else is refreshed at
 * the server's pace, and after a reconnect everything is refreshed once.
 */
export function bindRealtime(socket: PageSocket, client: QueryClient): () => void {
  const refresh = createRefresher(client);
  const leave = enterRoom(socket, 'runs');
  let wasConnected = false;

  const onConnect = (): void => {
    socket.emit('watch', { room: 'runs', after: 0 }, () => {});
    if (wasConnected) refresh([]);
    wasConnected = true;
  };
  const stopListening = listen(socket, {
    event: 'runs:changed',
    payload: serverToClient['runs:changed'].payload,
    handle: ({ runs }) => {
      for (const run of runs) {
        if (writeRun(client, run) === 'unknown') refresh(runKeys.lists());
        if (writeLastRun(client, run) === 'unknown') refresh(draftKeys.lists());
        if (isRunEnded(run.status)) {
          refresh(runKeys.lists());
          refresh(assetKeys.all('data'));
          refresh(assetKeys.all('models'));
        }
      }
    },
  });

  socket.on('connect', onConnect);
  if (socket.connected) onConnect();
  return () => {
    stopListening();
    socket.off('connect', onConnect);
    leave();
  };
}

/** Writes a run into every list that holds it; `unknown` when there is a list that does not. */
function writeRun(client: QueryClient, run: RunSummary): 'known' | 'unknown' {
  let isKnown = true;
  client.setQueriesData<RunList>({ queryKey: runKeys.lists() }, (list) => {
    if (!list) return list;
    const pages: readonly RunPage[] = 'pages' in list ? list.pages : [{ items: list }];
    if (!pages.some((page) => page.items.some((item) => item.id === run.id))) {
      isKnown = false;
      return list;
    }
    const written = pages.map((page) => ({ ...page, items: replaceOlder(page.items, run) }));
    return 'pages' in list ? { ...list, pages: written } : (written[0]?.items ?? list);
  });
  return isKnown ? 'known' : 'unknown';
}

function replaceOlder(items: readonly RunSummary[], run: RunSummary): readonly RunSummary[] {
  return items.map((item) => (item.id === run.id && item.lastSeq < run.lastSeq ? run : item));
}

/** A draft shows how its newest run stands. */
function writeLastRun(client: QueryClient, run: RunSummary): 'known' | 'unknown' {
  const { origin } = run;
  const drafts = client.getQueryData(draftsQuery().queryKey);
  if (origin.kind !== 'draft' || !drafts) return 'known';
  if (!drafts.some((draft) => draft.id === origin.draft)) return 'unknown';
  const isNewest = (draft: DraftSummary): boolean => draft.id === origin.draft && Number(draft.lastRun?.id ?? 0) <= Number(run.id);
  client.setQueryData(
    draftsQuery().queryKey,
    drafts.map((draft) => (isNewest(draft) ? { ...draft, lastRun: { id: run.id, status: run.status } } : draft)),
  );
  return 'known';
}
