import { useEffect, useState, useSyncExternalStore } from 'react';
import { type PageSocket, useSocket } from './socket.ts';

/** `waiting`: not connected for a moment; `lost`: long enough that a person should know. */
export type Connection = 'connected' | 'waiting' | 'lost';

const patienceMs = 2000;

/** Whether live updates arrive. A short break is nobody's business. */
export function useConnection(): Connection {
  const socket = useSocket();
  const isConnected = useSyncExternalStore(subscribeTo(socket), () => socket.connected);
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    if (isConnected) return;
    const timer = setTimeout(() => setIsLost(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setIsLost(false);
    };
  }, [isConnected]);
  if (isConnected) return 'connected';
  return isLost ? 'lost' : 'waiting';
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
