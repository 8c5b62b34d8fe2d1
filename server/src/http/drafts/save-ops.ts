import { z } from 'zod';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import { DraftConflict, DraftOpsAccepted, DraftOpsRequest } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const saveOps = endpoint({
  method: 'post',
  path: '/drafts/{id}/ops',
  summary: 'Edit a draft from the revision that If-Match names; 412 brings what is needed to rebase',
  params: DraftParams,
  headers: z.object({ 'if-match': z.string().meta({ description: 'The revision that the edit is based on, as it stood in ETag' }) }),
  body: DraftOpsRequest,
  result: z.union([DraftOpsAccepted, DraftConflict]),
  handle: async ({ services, params: { id }, body, request }) => {
    const revision = readRevision(request.get('if-match'));
    const answer = await services.drafts.save(id, { ...body, revision, by: await services.displayName() });
    switch (answer.kind) {
      case 'saved':
        return { body: answer.accepted, headers: { ETag: `"${answer.accepted.revision}"` } };
      case 'conflict':
        return { status: 412, body: answer.conflict };
      case 'refused':
        throw new HttpError(422, 'invalid-operation', { title: 'The edit does not fit the draft', detail: answer.message });
      case 'archived':
        throw new HttpError(409, 'draft-archived', { title: 'The draft was deleted', detail: 'Bring it back, or keep your edits as a copy.' });
      case 'unknown':
        throw notFound(`The draft ${id}`);
      default:
        return assertNever(answer);
    }
  },
});

function readRevision(header: string | undefined): number {
  if (header === undefined) throw new HttpError(428, 'revision-required', 'Say in If-Match which revision the edit is based on');
  const match = /^(?:W\/)?"?(\d+)"?$/.exec(header.trim());
  if (!match) throw new HttpError(400, 'invalid-request', 'If-Match must be the revision as it stood in ETag');
  return Number(match[1]);
}
