import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { Draft, type DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { DraftTransport, SendResult, SentOps } from '../saving/draft-transport.ts';

/** The protocol of `/drafts/:id/ops`, in memory: revisions, idempotent mutations, conflicts with the edits since. */
export class FakeDraftServer {
  content: DraftContent;
  readonly edits: DraftEdit[] = [];
  /** How many of the newest edits are kept for those who fell behind. */
  keptEdits = Number.POSITIVE_INFINITY;
  readonly #listeners = new Set<(edit: DraftEdit) => void>();

  constructor(content: DraftContent) {
    this.content = content;
  }

  get revision(): number {
    return this.edits.length;
  }

  listen(listener: (edit: DraftEdit) => void): void {
    this.#listeners.add(listener);
  }

  save({ clientId, mutationId, ops, revision }: SentOps): SendResult {
    const known = this.edits.find((edit) => edit.clientId === clientId && edit.mutationId === mutationId);
    if (known) return { kind: 'accepted', accepted: { revision: known.revision, problems: [] } };
    if (revision !== this.revision) {
      const full = this.revision - revision > this.keptEdits;
      return { kind: 'conflict', conflict: { currentRevision: this.revision, opsSince: full ? [] : this.edits.slice(revision), full } };
    }
    const applied = applyDraftOps(this.content, ops);
    if (!applied.ok) return { kind: 'refused', message: applied.message };
    this.content = applied.content;
    const edit: DraftEdit = { revision: revision + 1, clientId, mutationId, by: clientId, at: '2026-01-01T00:00:00.000Z', ops };
    this.edits.push(edit);
    for (const listener of this.#listeners) listener(edit);
    return { kind: 'accepted', accepted: { revision: edit.revision, problems: [] } };
  }

  draft(): Draft {
    return Draft.parse({
      id: 'draft',
      name: 'Draft',
      revision: this.revision,
      ...this.content,
      components: {},
      problems: [],
      lastRun: null,
      editedComponent: null,
      updatedAt: '2026-01-01T00:00:00.000Z',
    });
  }

  /** A way to this server that always works. */
  transport(): DraftTransport {
    return { send: async (ops) => this.save(ops), fetchDraft: async () => this.draft() };
  }
}
