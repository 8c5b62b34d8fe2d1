import { ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { withArchive } from './receive-archive.ts';

export const addDraftFiles = endpoint({
  method: 'post',
  path: '/drafts/{id}/files',
  summary: 'Add files from an archive to what a draft was imported with, where its paths look for them',
  params: DraftParams,
  consumes: 'application/zip',
  result: ImportedDraft,
  handle: async ({ services, params: { id }, request }) => {
    const draft = await services.store.drafts.get(id);
    if (!draft) throw notFound(`The draft ${id}`);
    const outcome = await withArchive(services, request, async (file) => await services.imports.addTo(draft, file));
    if (!outcome.ok) throw new HttpError(422, 'not-imported', outcome.message);
    return { body: outcome.value };
  },
});
