import { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { Position } from '@pipewright/shared/pipeline/layout.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';

const Ops = z.array(DraftOp);

/** `at` and `redo` of a record are left out by those who wrote it before they were told. */
const History = z.array(z.object({ label: z.string(), gesture: z.string().nullable(), at: z.number().nullable().default(null), ops: Ops, inverse: Ops }));

const Kept = z.object({
  key: z.string(),
  value: Step,
  position: Position.optional(),
  readers: z.array(z.object({ step: z.string(), input: z.string(), value: StepInput })),
});
const By = z.string().nullable();
const Unreviewed = z.object({
  lost: z.array(z.object({ op: DraftOp, message: z.string(), by: By, step: Kept.nullable() })),
  overridden: z.array(z.object({ op: DraftOp, theirs: DraftOp, by: By })),
  mine: DraftContent,
});

/** What a window must not lose: edits that the server has not confirmed, and what can be undone. */
export const JournalRecord = z.object({
  draftId: z.string(),
  /** The window that wrote it. */
  clientId: z.string(),
  /** What the operations stand on. */
  revision: z.int(),
  inFlight: z.object({ id: z.string(), ops: Ops }).nullable(),
  pending: Ops,
  /** Under which the pending operations will be sent: whether they were, the server can tell. */
  pendingId: z.string(),
  history: History,
  /** What was taken back and can be done again. */
  redo: History.default([]),
  /** What a person has not looked at yet: edits that others' have overtaken. */
  review: Unreviewed.nullable().default(null),
  /** What stood in the YAML view and was not read yet. */
  unreadText: z.object({ text: z.string(), base: z.string() }).nullable().default(null),
  writtenAt: z.number(),
});
export type JournalRecord = z.infer<typeof JournalRecord>;

/** Edits on this device, until the server has them. */
export interface Journal {
  /** Those of the windows that it replaces go with it, or stay with it: a crash leaves no edit in both, and none in neither. */
  readonly write: (record: JournalRecord, replaced?: readonly string[]) => Promise<void>;
  readonly remove: (draftId: string, clientId: string) => Promise<void>;
  /** Records of windows that are gone; those of windows still open are left alone. Oldest first. */
  readonly orphansOf: (draftId: string) => Promise<JournalRecord[]>;
  /** Marks this window's record as owned, until it is released or the window is gone. */
  readonly claim: (draftId: string, clientId: string) => Claim;
}

export interface Claim {
  readonly release: () => void;
  /** Tells the next page in this tab that this one is gone (or, back from the browser's cache, that it is not). */
  readonly markLeft: (isLeft: boolean) => void;
}

const database = 'pipewright';
const table = 'journal';

export function createIdbJournal(): Journal {
  let opened: Promise<IDBPDatabase> | null = null;
  const open = async (): Promise<IDBPDatabase> => {
    opened ??= openDB(database, 1, { upgrade: (db) => void db.createObjectStore(table, { keyPath: ['draftId', 'clientId'] }) });
    return await opened.catch((error: unknown) => {
      // What kept it shut may be over by the next time.
      opened = null;
      throw error;
    });
  };
  return {
    write: async (record, replaced = []) => {
      const db = await open();
      // `relaxed`: the operating system may lose it when the machine loses power, not when the tab dies.
      const transaction = db.transaction(table, 'readwrite', { durability: 'relaxed' });
      const put = transaction.store.put(record);
      await Promise.all([put, ...replaced.map((clientId) => transaction.store.delete([record.draftId, clientId])), transaction.done]);
    },
    remove: async (draftId, clientId) => (await open()).delete(table, [draftId, clientId]),
    orphansOf: async (draftId) => {
      const range = IDBKeyRange.bound([draftId, ''], [draftId, '\uffff']);
      const raw: unknown[] = await (await open()).getAll(table, range);
      const records = raw.flatMap((value) => {
        const record = JournalRecord.safeParse(value);
        return record.success ? [record.data] : [];
      });
      const areGone = await Promise.all(records.map((record) => isWindowGone(record)));
      return records.filter((_, index) => areGone[index]).toSorted((a, b) => a.writtenAt - b.writtenAt);
    },
    claim: (draftId, clientId) => {
      const name = lockName(draftId, clientId);
      const { promise, resolve: release } = Promise.withResolvers<void>();
      // However the window closes, the browser notices and lets go.
      void navigator.locks?.request(name, () => promise);
      return { release, markLeft: (isLeft) => (isLeft ? sessionStorage.setItem(leftKey, name) : sessionStorage.removeItem(leftKey)) };
    },
  };
}

/** After a reload the journal may be read before the browser has taken away the old page's lock, which then passes for an open window's. */
const leftKey = 'pipewright:left';

const lockName = (draftId: string, clientId: string): string => `pipewright:draft:${draftId}:${clientId}`;

/** Without locks (an old browser, a test) a window cannot be told from a dead one, and the record counts as orphaned. */
async function isWindowGone({ draftId, clientId }: JournalRecord): Promise<boolean> {
  const name = lockName(draftId, clientId);
  if (!navigator.locks || sessionStorage.getItem(leftKey) === name) return true;
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => lock !== null);
}
