import { z } from 'zod';
import { DraftEdit } from '../http/drafts.ts';
import { RunSummary, StoredRunEvent } from '../run/run.ts';
import { PresentWindow } from './presence.ts';

interface Message {
  readonly payload: z.ZodType;
  readonly ack?: z.ZodType;
}
type Catalog = Readonly<Record<string, Message>>;

/** `run:ID` (its events), `draft:ID` (its edits), `runs` (the list), `logs:ID/KEY` (a step's log as it grows). */
export const RoomName = z.string().regex(/^(run:\d+|draft:[\w-]+|runs|logs:\d+\/.+)$/);
const DraftRoom = z.string().regex(/^draft:[\w-]+$/);

/** Everything the server may say: what is now so, with a number that tells whether something was missed. */
export const serverToClient = {
  'run:changed': { payload: z.object({ runId: z.string(), seq: z.int(), events: z.array(StoredRunEvent) }) },
  'runs:changed': { payload: z.object({ runs: z.array(RunSummary) }) },
  'draft:changed': { payload: z.object({ draftId: z.string(), revision: z.int(), edits: z.array(DraftEdit), by: z.string() }) },
  /** Something was said of a draft, or what was said has changed: to be read anew. */
  'comments:changed': { payload: z.object({ draftId: z.string() }) },
  /** `offset` is where `text` begins in the log as it is shown. */
  'log:appended': {
    payload: z.object({
      runId: z.string(),
      step: z.string(),
      attempt: z.int(),
      offset: z.int(),
      nextOffset: z.int(),
      /** As in a part that is read. */
      stepFrom: z.int(),
      stepTo: z.int().nullable(),
      text: z.string(),
    }),
  },
  /** Everybody who has the draft open, whoever is told included; in the order in which they came. */
  'presence:changed': { payload: z.object({ room: DraftRoom, windows: z.array(PresentWindow) }) },
} as const satisfies Catalog;

/** The backlog that answers `watch`: by room kind, everything after `after`. */
export const WatchReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), events: z.array(StoredRunEvent).optional(), edits: z.array(DraftEdit).optional() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type WatchReply = z.infer<typeof WatchReply>;

/** Everything a client may ask. */
export const clientToServer = {
  watch: { payload: z.object({ room: RoomName, after: z.int().min(0) }), ack: WatchReply },
  unwatch: { payload: z.object({ room: RoomName }) },
  /** Says, and says anew, where a window is; it ends with `unwatch` or the connection. */
  present: { payload: PresentWindow.extend({ room: DraftRoom }) },
} as const satisfies Catalog;

/** Turns a catalog into the listener map that socket.io's generics take. */
type EventMap<C extends Catalog> = {
  [K in keyof C]: C[K] extends { readonly ack: infer A extends z.ZodType }
    ? (payload: z.infer<C[K]['payload']>, ack: (reply: z.infer<A>) => void) => void
    : (payload: z.infer<C[K]['payload']>) => void;
};
export type ServerToClientEvents = EventMap<typeof serverToClient>;
export type ClientToServerEvents = EventMap<typeof clientToServer>;
