import type { ClientToServerEvents } from '@pipewright/shared/realtime/catalog.ts';
import { createContext, useContext } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';

/** What arrives is parsed (`listen`), so its static type claims nothing. */
// oxlint-disable-next-line typescript/no-explicit-any -- socket.io's own type of "any event"
type IncomingEvents = Record<string, (...payload: any[]) => void>;
export type PageSocket = Socket<IncomingEvents, ClientToServerEvents>;

/** The one connection of a page. It opens by itself, comes back by itself, and never gives up. */
export function createSocket(url?: string): PageSocket {
  const options = { transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5000 };
  return url === undefined ? io(options) : io(url, { ...options, forceNew: true });
}

interface Listening<P extends z.ZodType> {
  readonly event: string;
  readonly payload: P;
  readonly handle: (payload: z.infer<P>) => void;
}

/** Hears one kind of message, parsed by its schema. */
export function listen<P extends z.ZodType>(socket: PageSocket, { event, payload, handle }: Listening<P>): () => void {
  const hear = (raw: unknown): void => handle(payload.parse(raw));
  socket.on(event, hear);
  return () => {
    socket.off(event, hear);
  };
}

const SocketContext = createContext<PageSocket | null>(null);
export const SocketProvider = SocketContext.Provider;

export function useSocket(): PageSocket {
  const socket = useContext(SocketContext);
  if (!socket) throw new Error('Internal error: expected a SocketProvider above');
  return socket;
}
