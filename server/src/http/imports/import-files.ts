import { isAbsolute } from 'node:path';
import { Imported, ImportFiles } from '@pipewright/shared/http/imports.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError } from '../errors.ts';
import { answerImport } from './answer-import.ts';

export const importFiles = endpoint({
  method: 'post',
  path: '/imports',
  summary: 'Make drafts of files, folders and archives on the server’s machine, or of a text: of all of them or of none',
  body: ImportFiles,
  result: Imported,
  status: 201,
  handle: async ({ services, body }) => {
    const by = await services.displayName();
    if ('text' in body) return answerImport(await services.imports.text(body.text, { ...body, by }));
    const relative = body.files.find((file) => !isAbsolute(file));
    if (relative !== undefined)
      throw new HttpError(400, 'invalid-request', { title: 'Give the whole path of the file', detail: `${relative} is a relative path.` });
    return answerImport(await services.imports.files(body.files, { ...body, by }));
  },
});
