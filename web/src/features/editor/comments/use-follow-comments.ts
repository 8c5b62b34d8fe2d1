import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { commentsKey, commentsQuery } from '../../../api/comments.ts';
import { createRefresher } from '../../../realtime/refresher.ts';
import { listen, useSocket } from '../../../realtime/socket.ts';
import { useEditor } from '../store/editor-context.tsx';
import { countOpen } from './open-comments.ts';

/** Keeps what is said of the open draft up to date, and the marks at its steps. */
export function useFollowComments(): void {
  const { draftId, openComments } = useEditor();
  const socket = useSocket();
  const client = useQueryClient();
  const { data } = useQuery(commentsQuery(draftId));
  useEffect(() => {
    if (data) openComments.setState({ countAt: countOpen(data) });
  }, [data, openComments]);
  useEffect(() => {
    const refresh = createRefresher(client);
    return listen(socket, {
      event: 'comments:changed',
      payload: serverToClient['comments:changed'].payload,
      handle: (message) => {
        if (message.draftId === draftId) refresh(commentsKey(draftId));
      },
    });
  }, [client, socket, draftId]);
}
