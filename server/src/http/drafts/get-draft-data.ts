import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { DraftDataQuery } from '@pipewright/shared/http/drafts.ts';
import { PreviewAnswer, type PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { answerPreview } from '../answer-preview.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

const firstRow: PreviewQuery = { offset: 0, limit: 1, profile: 'later' };

/** Before anything has run, what data looks like that the pipeline names. Nothing is fetched for the sake of a look. */
export const getDraftData = endpoint({
  method: 'get',
  path: '/drafts/{id}/data',
  summary: 'What data looks like that the draft may read: a path as it is written in it, or the name of an asset',
  params: DraftParams,
  query: DraftDataQuery,
  result: PreviewAnswer,
  handle: async ({ services, response, params: { id }, query: { path, type } }) => {
    const draft = await services.store.drafts.get(id);
    if (!draft) throw notFound(`The draft ${id}`);
    const place = await services.data.find(path, { folder: draft.folder, mayFetch: false, ...(type === undefined ? {} : { type }) });
    if (place.kind !== 'local') {
      const why = place.kind === 'problem' ? place.message : `${path} is fetched when a run needs it.`;
      throw new HttpError(404, 'not-here', { title: 'Its bytes are not on this machine', detail: why });
    }
    const info = await stat(place.path).catch(() => null);
    if (!info) throw new HttpError(404, 'not-here', { title: 'Its bytes are not on this machine', detail: `There is nothing at ${place.path}.` });
    const shown = info.isDirectory() ? (type ?? 'uri_folder') : 'uri_file';
    const name = place.fileName ?? basename(place.path);
    return await answerPreview(services, response, { path: place.path, type: DataType.parse(shown), name, query: firstRow });
  },
});
