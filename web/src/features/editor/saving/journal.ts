import { type IDBPDatabase, openDB } from 'idb';
import { JournalRecord } from './journal-record.ts';
import { type Claim, type Held, type Locks, WindowLocks } from './window-locks.ts';

/** Edits on this device, until the server has them. */
export interface Journal {
  /** Those of the windows that it replaces go with it, or stay with it: a crash leaves no edit in both, and none in neither. What stays of some of them is written with it. */
  readonly write: (record: JournalRecord, replaced?: readonly string[], rests?: readonly JournalRecord[]) => Promise<void>;
  readonly remove: (draftId: string, clientId: string) => Promise<void>;
  /** What other windows that are gone have left. Nobody else gets it until it is released, or this window is gone as well. */
  readonly takeLeft: (draftId: string, own: string) => Promise<Left>;
  /** What another window leaves when it goes; null where it leaves nothing, or nobody waits any more. */
  readonly takeWhenGone: (draftId: string, clientId: string, signal: AbortSignal) => Promise<Estate | null>;
  /** Whether a window that is open can be told from one that is gone. */
  readonly canTellWindows: boolean;
  /** Marks this window's record as owned, until it is released or the window is gone. */
  readonly claim: (draftId: string, clientId: string) => Claim;
}

export interface Estate {
  readonly record: JournalRecord;
  readonly release: () => void;
}

interface Left {
  /** Oldest first. */
  readonly estates: readonly Estate[];
  /** Windows that are open still, or whose estate another one takes in. */
  readonly others: readonly string[];
}

interface Device {
  readonly database?: string;
  /** Without them (an old browser, a test) a window cannot be told from a dead one, and every record counts as left. */
  readonly locks?: Locks | undefined;
}

const table = 'journal';
/** A database that neither opens nor says why holds up nothing that goes to the server. */
const longestOpenMs = 3000;

export function createIdbJournal({ database = 'pipewright', locks = globalThis.navigator?.locks }: Device = {}): Journal {
  const windows = new WindowLocks(locks);
  let opened: Promise<IDBPDatabase> | null = null;
  const connect = async (): Promise<IDBPDatabase> => {
    opened ??= withinReason(openDB(database, 1, { upgrade: (db) => void db.createObjectStore(table, { keyPath: ['draftId', 'clientId'] }) }));
    return await opened.catch((error: unknown) => {
      // What kept it shut may be over by the next time.
      opened = null;
      throw error;
    });
  };
  const read = async (draftId: string, clientId: string): Promise<JournalRecord | undefined> =>
    JournalRecord.safeParse(await (await connect()).get(table, [draftId, clientId])).data;
  /** Read again under the lock: whoever had it before may have taken the record. */
  const estateOf = async (held: Held, draftId: string, clientId: string): Promise<Estate | null> => {
    const record = await read(draftId, clientId).catch(() => undefined);
    if (record) return { record, release: held.release };
    held.release();
    return null;
  };
  return {
    write: async (record, replaced = [], rests = []) => {
      const db = await connect();
      // `relaxed`: the operating system may lose it when the machine loses power, not when the tab dies.
      const transaction = db.transaction(table, 'readwrite', { durability: 'relaxed' });
      const kept = new Set(rests.map(({ clientId }) => clientId));
      const asked: Promise<unknown>[] = [];
      try {
        for (const each of [record, ...rests]) asked.push(transaction.store.put(each));
        for (const clientId of replaced) if (!kept.has(clientId)) asked.push(transaction.store.delete([record.draftId, clientId]));
        await Promise.all([...asked, transaction.done]);
      } catch (error) {
        // What cannot be stored at all says so at once: the others must not go, or come, without it.
        abandon(transaction);
        await Promise.allSettled([...asked, transaction.done]);
        throw error;
      }
    },
    remove: async (draftId, clientId) => (await connect()).delete(table, [draftId, clientId]),
    takeLeft: async (draftId, own) => {
      // Before the records are read: who goes in between is waited for as well, and not overlooked.
      const open = await windows.ofDraft(draftId);
      const keys = await (await connect()).getAllKeys(table, IDBKeyRange.bound([draftId, ''], [draftId, '\uffff']));
      const found = keys.flatMap((key) => (Array.isArray(key) && typeof key[1] === 'string' && key[1] !== own ? [key[1]] : []));
      const taken = await Promise.all(
        found.map(async (clientId) => {
          const held = await windows.takeIfGone(draftId, clientId);
          return { clientId, isTaken: held !== null, estate: held && (await estateOf(held, draftId, clientId)) };
        }),
      );
      const gone = new Set(taken.flatMap(({ clientId, isTaken }) => (isTaken ? [clientId] : [])));
      return {
        estates: taken.flatMap(({ estate }) => estate ?? []).toSorted((a, b) => a.record.writtenAt - b.record.writtenAt),
        others: [...new Set([...open, ...found])].filter((clientId) => clientId !== own && !gone.has(clientId)),
      };
    },
    takeWhenGone: async (draftId, clientId, signal) => {
      const held = await windows.takeWhenGone(draftId, clientId, signal);
      return held && (await estateOf(held, draftId, clientId));
    },
    canTellWindows: locks !== undefined,
    claim: (draftId, clientId) => windows.claim(draftId, clientId),
  };
}

function abandon(transaction: { readonly abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // The browser has done so already.
  }
}

async function withinReason<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('The database on this device does not open.')), longestOpenMs);
  return await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
