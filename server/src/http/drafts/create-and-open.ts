import type { Draft } from '@pipewright/shared/http/drafts.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { NewDraftContent } from '../../drafts/draft-service.ts';
import type { Services } from '../services.ts';

/** A new draft of the person at this server, as the designer opens it. */
export async function createAndOpen(services: Services, content: Omit<NewDraftContent, 'by'>): Promise<Draft> {
  const { id } = await services.drafts.create({ ...content, by: await services.displayName() });
  return await openDraft(services, id);
}

/** A draft that has just been made, or found. */
export async function openDraft({ drafts }: Services, id: DraftId): Promise<Draft> {
  const draft = await drafts.open(id);
  if (!draft) throw new Error(`Internal error: expected the draft ${id}`);
  return draft;
}
