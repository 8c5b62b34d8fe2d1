import type { ComponentVersion } from '@pipewright/shared/http/drafts.ts';
import { contentOf, type DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { ForeignOp } from '../model/overridden-ops.ts';
import { createEditorStore, type EditorStore } from '../store/create-editor-store.ts';
import { DraftSaver } from './draft-saver.ts';
import type { DraftTransport } from './draft-transport.ts';
import type { Journal, JournalRecord } from './journal.ts';

/** An open draft: what is edited, and what saves it. */
export interface DraftSession {
  readonly store: EditorStore;
  readonly saver: DraftSaver;
  readonly draftId: string;
  /** The newest run of the draft when it was opened. */
  readonly lastRun: string | null;
  /** The version of a component that the draft is to follow. */
  readonly editedComponent: ComponentVersion | null;
}

interface OpenOptions {
  readonly draftId: string;
  readonly clientId: string;
  readonly transport: DraftTransport;
  readonly journal: Journal;
}

/**
 * Opens a draft. First the edits that windows before this one could not bring to the server are sent under the ids they
 * had, so that those which did arrive count once; then the draft is read; then what others overtook is replayed here.
 */
export async function openDraft({ draftId, clientId, transport, journal }: OpenOptions): Promise<DraftSession> {
  // Without a journal (no IndexedDB) nothing was left behind that could be found.
  const orphans = await journal.orphansOf(draftId).catch(() => []);
  const left: ({ readonly orphan: JournalRecord } & Overtaken)[] = [];
  for (const orphan of orphans) left.push({ orphan, ...(await bringToServer(orphan, transport)) });
  const overtaken = left.filter(({ ops }) => ops.length > 0);
  const draft = await transport.fetchDraft();
  const store = createEditorStore({ draftId, content: contentOf(draft), components: draft.components });
  const { revision, problems } = draft;
  const saver = new DraftSaver({ store, transport, journal, clientId, revision, problems });
  const last = orphans.at(-1);
  if (last) store.getState().restoreHistory({ undoEntries: last.history, redoEntries: last.redo });
  const { unreadText } = orphans.findLast((orphan) => orphan.unreadText !== null) ?? { unreadText: null };
  if (unreadText) store.getState().setUnreadText(unreadText);
  if (overtaken.length > 0) {
    saver.adopt(
      overtaken.flatMap(({ ops }) => ops),
      { from: overtaken.map(({ orphan }) => orphan), theirs: overtaken.flatMap(({ theirs }) => theirs) },
    );
  }
  const { review } = orphans.findLast((orphan) => orphan.review !== null) ?? { review: null };
  if (review && saver.view.getState().review === null) saver.restoreReview(review);
  if (orphans.length > 0) await saver.replace(orphans.map((orphan) => orphan.clientId));
  return { store, saver, draftId, lastRun: draft.lastRun?.id ?? null, editedComponent: draft.editedComponent };
}

interface Overtaken {
  /** What has to be replayed on top of others' edits. */
  readonly ops: readonly DraftOp[];
  /** Those edits, as far as the server still has them. */
  readonly theirs: readonly ForeignOp[];
}

/** Sends what an earlier window left. */
async function bringToServer(orphan: JournalRecord, transport: DraftTransport): Promise<Overtaken> {
  const mutations = [orphan.inFlight, { id: orphan.pendingId, ops: orphan.pending }].filter((mutation) => mutation !== null && mutation.ops.length > 0);
  const ops: DraftOp[] = [];
  let theirs: readonly ForeignOp[] = [];
  let { revision } = orphan;
  for (const mutation of mutations) {
    if (mutation === null) continue;
    const result = await transport.send({ clientId: orphan.clientId, mutationId: mutation.id, ops: mutation.ops, revision });
    if (result.kind === 'accepted') revision = result.accepted.revision;
    else if (result.kind === 'conflict' && result.conflict.opsSince.some(({ mutationId }) => mutationId === mutation.id)) continue;
    else {
      ops.push(...mutation.ops);
      if (result.kind === 'conflict') theirs = foreignIn(result.conflict.opsSince, orphan.clientId);
    }
  }
  return { ops, theirs };
}

const foreignIn = (edits: readonly DraftEdit[], clientId: string): ForeignOp[] =>
  edits.filter((edit) => edit.clientId !== clientId).flatMap(({ ops, by }) => ops.map((op) => ({ op, by })));
