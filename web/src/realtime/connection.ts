import { useEffect, useState, useSyncExternalStore } from 'react';
import { type PageSocket, useSocket } from './socket.ts';

/** `waiting`: long enough away to say *Reconnecting…*; `lost`: so long that the whole page is in doubt. */
export type Connection = 'connected' | 'waiting' | 'lost';

const waitingAfterMs = 1500;
const lostAfterMs = 10_000;

/** Whether live updates arrive. A short break is nobody's business. */
export function useConnection(): Connection {
  const socket = useSocket();
  const isConnected = useSyncExternalStore(subscribeTo(socket), () => socket.connected);
  const [connection, setConnection] = useState<Connection>('connected');
  useEffect(() => {
    if (isConnected) return;
    const waiting = setTimeout(() => setConnection('waiting'), waitingAfterMs);
    const lost = setTimeout(() => setConnection('lost'), lostAfterMs);
    return () => {
      clearTimeout(waiting);
      clearTimeout(lost);
      setConnection('connected');
    };
  }, [isConnected]);
  return connection;
}

const subscriptions = new WeakMap<PageSocket, (listener: () => void) => () => void>();

/** The same function for the same socket, so that React does not subscribe anew with every render. */
function subscribeTo(socket: PageSocket): (listener: () => void) => () => void {
  const known = subscriptions.get(socket);
  if (known) return known;
  const subscribe = (listener: () => void): (() => void) => {
    socket.on('connect', listener).on('disconnect', listener);
    return () => {
      socket.off('connect', listener).off('disconnect', listener);
    };
  };
  subscriptions.set(socket, subscribe);
  return subscribe;
}
