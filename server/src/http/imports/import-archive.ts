import { Imported, ImportQuery } from '@pipewright/shared/http/imports.ts';
import { endpoint } from '../endpoint.ts';
import { answerImport } from './answer-import.ts';
import { withArchive } from './receive-archive.ts';

export const importArchive = endpoint({
  method: 'post',
  path: '/imports/archive',
  summary: 'Make drafts of the pipelines in an archive, which is unpacked into the workspace: of all of them or of none',
  query: ImportQuery,
  consumes: 'application/zip',
  result: Imported,
  status: 201,
  handle: async ({ services, query, request }) => {
    const by = await services.displayName();
    return answerImport(await withArchive(services, request, async (file) => await services.imports.archive(file, { ...query, by })));
  },
});
