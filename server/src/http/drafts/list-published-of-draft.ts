import { pageOf } from '@pipewright/shared/http/page.ts';
import { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const listPublishedOfDraft = endpoint({
  method: 'get',
  path: '/drafts/{id}/published',
  summary: 'The published versions of the pipeline that a draft was published as, or was cloned from; newest first',
  params: DraftParams,
  result: pageOf(PublishedPipeline),
  handle: async ({ services, params: { id } }) => {
    const draft = await services.store.drafts.get(id);
    if (!draft) throw notFound(`The draft ${id}`);
    return { body: { items: [...(await services.store.pipelines.ofDraft(id, clonedPipeline(draft.from)))], nextCursor: null } };
  },
});

/** The name in `pipeline:NAME:VERSION`; null for what was cloned from elsewhere. */
function clonedPipeline(from: string | null): string | null {
  const [kind, name] = from?.split(':') ?? [];
  return kind === 'pipeline' && name !== undefined ? name : null;
}
