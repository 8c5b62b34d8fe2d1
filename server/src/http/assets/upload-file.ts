import { join } from 'node:path';
import { z } from 'zod';
import { isUploadId } from '@pipewright/shared/http/register.ts';
import { writeUpload } from '../../assets/uploads.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError } from '../errors.ts';

export const uploadFile = endpoint({
  method: 'put',
  path: '/uploads/{id}{/*path}',
  summary: 'Send one file, as it is, of data or a model that is then registered with `upload`; the caller thinks of the id',
  params: z.object({ id: z.string().refine(isUploadId, 'The id of an upload is 8 to 64 letters, digits and dashes'), path: z.array(z.string()).min(1) }),
  body: z.unknown(),
  result: z.object({ path: z.string() }),
  status: 201,
  handle: async ({ services, params: { id, path }, request }) => {
    const name = path.join('/');
    if (request.readableEnded && Number(request.headers['content-length'] ?? 0) > 0)
      throw new HttpError(415, 'not-bytes', 'Send the bytes as application/octet-stream');
    if (!(await writeUpload(join(services.uploadsFolder, id), name, request))) throw new HttpError(422, 'invalid-request', `${name} leads out of the upload`);
    return { body: { path: name } };
  },
});
