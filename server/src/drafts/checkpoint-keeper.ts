import { randomUUID } from 'node:crypto';
import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { DraftRecord } from '../store/store.ts';
import type { DraftParts } from './draft-service.ts';
import { isCheckpointDue, thinCheckpoints } from './thin-checkpoints.ts';

/** Keeps drafts as they stood: under a name, at every run, and while they are edited. */
export class CheckpointKeeper {
  readonly #parts: Pick<DraftParts, 'store' | 'clock'>;

  constructor(parts: Pick<DraftParts, 'store' | 'clock'>) {
    this.#parts = parts;
  }

  async keepNamed(draft: DraftRecord, { name, by }: { readonly name: string; readonly by: string }): Promise<Checkpoint> {
    return await this.#keep(draft, { name, by, kind: 'named', run: null });
  }

  /** So that what it was made of can be brought back; once per revision is enough, for the runs tell theirs. */
  async keepOfRun(draft: DraftRecord, { run, by }: { readonly run: NonNullable<Checkpoint['run']>; readonly by: string }): Promise<void> {
    const kept = await this.#parts.store.drafts.checkpoints(draft.id);
    if (kept.some(({ revision, kind }) => revision === draft.revision && kind === 'run')) return;
    await this.#keep(draft, { name: '', by, kind: 'run', run });
    await this.#thin(draft.id);
  }

  /** The draft as it stood before an edit that was just made, if it is time: what was made meanwhile can be come back to. */
  async keepInPassing(before: DraftRecord, by: string): Promise<void> {
    const last = (await this.#parts.store.drafts.newestCheckpoint(before.id)) ?? { revision: 0, at: before.createdAt };
    if (!isCheckpointDue({ last, revision: before.revision, now: this.#parts.clock.now() })) return;
    await this.#keep(before, { name: '', by, kind: 'automatic', run: null });
    await this.#thin(before.id);
  }

  /** One that has a name stays. */
  async rename(id: DraftId, checkpoint: string, name: string): Promise<Checkpoint | undefined> {
    const known = (await this.#parts.store.drafts.checkpoints(id)).find((each) => each.id === checkpoint);
    if (!known) return undefined;
    const renamed: Checkpoint = { ...known, name, kind: known.kind === 'automatic' ? 'named' : known.kind };
    return (await this.#parts.store.drafts.changeCheckpoint(id, renamed)) ? renamed : undefined;
  }

  async #keep(draft: DraftRecord, about: Pick<Checkpoint, 'name' | 'by' | 'kind' | 'run'>): Promise<Checkpoint> {
    const checkpoint: Checkpoint = { id: randomUUID(), revision: draft.revision, at: this.#parts.clock.now().toISOString(), ...about };
    await this.#parts.store.drafts.addCheckpoint(draft.id, checkpoint, draft);
    return checkpoint;
  }

  async #thin(id: DraftId): Promise<void> {
    const { drafts } = this.#parts.store;
    await drafts.removeUnnamedCheckpoints(id, thinCheckpoints(await drafts.checkpoints(id), this.#parts.clock.now()));
  }
}
