import { randomUUID } from 'node:crypto';
import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import type { DraftRecord } from '../../store/store.ts';
import type { Services } from '../services.ts';

export async function keepCheckpoint(services: Services, draft: DraftRecord, name: string): Promise<Checkpoint> {
  const at = services.clock.now().toISOString();
  const checkpoint: Checkpoint = { id: randomUUID(), revision: draft.revision, name, at, by: await services.displayName() };
  await services.store.drafts.addCheckpoint(draft.id, checkpoint);
  return checkpoint;
}
