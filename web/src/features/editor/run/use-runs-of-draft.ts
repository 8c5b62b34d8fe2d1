import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import { useEffect } from 'react';
import { listen, useSocket } from '../../../realtime/socket.ts';

/** Hears of each run of a draft whenever it changes, wherever it was started. */
export function useRunsOfDraft(draft: string, handle: (run: string) => void): void {
  const socket = useSocket();
  useEffect(
    () =>
      listen(socket, {
        event: 'runs:changed',
        payload: serverToClient['runs:changed'].payload,
        handle: ({ runs }) => {
          for (const { id, origin } of runs) {
            if (origin.kind === 'draft' && origin.draft === draft) handle(id);
          }
        },
      }),
    [socket, draft, handle],
  );
}
