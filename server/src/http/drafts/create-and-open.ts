import type { Draft } from '@pipewright/shared/http/drafts.ts';
import type { NewDraftContent } from '../../drafts/draft-service.ts';
import type { Services } from '../services.ts';

/** A new draft of the person at this server, as the designer opens it. */
export async function createAndOpen(services: Services, content: Omit<NewDraftContent, 'by'>): Promise<Draft> {
  const { id } = await services.drafts.create({ ...content, by: await services.displayName() });
  const draft = await services.drafts.open(id);
  if (!draft) throw new Error(`Internal error: expected the draft ${id} that was just made`);
  return draft;
}
