import type { Person } from '@pipewright/shared/realtime/presence.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import type { PresenceStore } from './presence-store.ts';

/** Who is gone for less than this was only disconnected: a restart of the server is no farewell of everybody. */
const goneAfterMs = 3000;

/** Says to who listens that somebody came or went; who was there before, and windows of one's own, are no news. */
export function tellComings(presence: PresenceStore, me: string): () => void {
  let isFirst = true;
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();
  const namesOf = (people: readonly Person[]): Set<string> => new Set(people.map(({ name }) => name).filter((name) => name !== me));
  const stop = presence.subscribe(({ people }, before) => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    const [now, then] = [namesOf(people), namesOf(before.people)];
    const come = [...now].filter((name) => !then.has(name));
    for (const name of come) {
      const farewell = leaving.get(name);
      clearTimeout(farewell);
      leaving.delete(name);
      if (farewell === undefined) announce(`${name} has opened this draft`);
    }
    for (const name of then) {
      if (now.has(name)) continue;
      const farewell = setTimeout(() => {
        leaving.delete(name);
        announce(`${name} has left this draft`);
      }, goneAfterMs);
      leaving.set(name, farewell);
    }
  });
  return () => {
    stop();
    for (const farewell of leaving.values()) clearTimeout(farewell);
  };
}
