import type { ComponentVersion } from '@pipewright/shared/http/drafts.ts';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { createEditorStore, type EditorStore } from '../store/create-editor-store.ts';
import { bringToServer } from './bring-to-server.ts';
import type { Inherited } from './inherit-into.ts';
import { DraftSaver } from './draft-saver.ts';
import type { DraftTransport } from './draft-transport.ts';
import type { Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { takeEstate, takeWhatIsLeft, waitForEstates } from './late-heir.ts';

/** An open draft: what is edited, and what saves it. */
export interface DraftSession {
  readonly store: EditorStore;
  readonly saver: DraftSaver;
  /** The person is here: what other windows have left since is taken in. */
  readonly lookAround: () => void;
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
 * had, so that those which did arrive count once; then the draft is read; then what else they had becomes this window's.
 * Other windows that are open still are waited for, and what they leave is taken in when they go.
 */
export async function openDraft({ draftId, clientId, transport, journal }: OpenOptions): Promise<DraftSession> {
  // First of all, so that of two that open at once at least one waits for the other.
  const claim = journal.claim(draftId, clientId);
  // Without a journal (no IndexedDB) nothing was left behind that could be found.
  const { estates, others } = await journal.takeLeft(draftId, clientId).catch(() => ({ estates: [], others: [] }));
  try {
    const heritage: Inherited[] = [];
    const keep = (record: JournalRecord): Promise<void> => journal.write(record).catch(() => undefined);
    for (const estate of estates) heritage.push({ estate, ...(await bringToServer(estate.record, { transport, keep })) });
    const draft = await transport.fetchDraft();
    const store = createEditorStore({ draftId, content: contentOf(draft), components: draft.components });
    const { revision, problems } = draft;
    const saver = new DraftSaver({ store, transport, journal, clientId, claim, revision, problems });
    const taken = heritage.filter(({ outcome }) => outcome !== 'unanswered');
    if (taken.length > 0) await saver.inherit(taken);
    const heir = { draftId, clientId, transport, journal, saver };
    for (const { outcome, estate, record } of heritage) if (outcome === 'unanswered') void takeEstate({ ...estate, record }, heir);
    waitForEstates(others, heir);
    const lookAround = (): void => void takeWhatIsLeft(heir);
    return { store, saver, lookAround, draftId, lastRun: draft.lastRun?.id ?? null, editedComponent: draft.editedComponent };
  } catch (error) {
    for (const { release } of [claim, ...estates]) release();
    throw error;
  }
}
