import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { RunDraft } from '@pipewright/shared/http/drafts.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { RunRequest } from '../../scheduler/scheduler.ts';
import type { DraftRecord } from '../../store/store.ts';
import { HttpError, notFound } from '../errors.ts';
import type { Services } from '../services.ts';

/** A draft as something to be planned or run; another revision than the one that was looked at is refused. */
export async function requestOfDraft(
  services: Services,
  id: DraftId,
  { revision, ...options }: RunDraft,
): Promise<{ draft: DraftRecord; request: RunRequest }> {
  const draft = await services.store.drafts.get(id);
  if (!draft) throw notFound(`The draft ${id}`);
  if (revision !== undefined && revision !== draft.revision) {
    const detail = `It stands at revision ${draft.revision}; you looked at ${revision}. Look at the plan again.`;
    throw new HttpError(409, 'draft-moved-on', { title: 'The draft has changed meanwhile', detail });
  }
  const origin = { kind: 'draft' as const, draft: id, revision: draft.revision };
  return { draft, request: { ...contentOf(draft), folder: draft.folder, origin, by: await services.displayName(), options } };
}
