import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { describeBytes } from '../../describe-bytes.ts';
import { HttpError } from '../errors.ts';
import type { Services } from '../services.ts';

/** Takes the body of a request into a file for as long as the work with it takes. */
export async function withArchive<T>({ importsFolder, config }: Services, request: Request, work: (file: string) => Promise<T>): Promise<T> {
  const most = config.imports?.maxBytes ?? Infinity;
  const tooLarge = new HttpError(413, 'too-large', {
    title: `The archive is larger than the ${describeBytes(most)} that an import may have`,
    detail: 'Leave large data out: it is named by its path. The limit is imports.max_bytes in config.yml.',
  });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge;
  await mkdir(importsFolder, { recursive: true });
  const file = join(importsFolder, `.received-${randomUUID()}.zip`);
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(tooLarge);
      else done(null, chunk);
    },
  });
  try {
    await pipeline(request, bounded, createWriteStream(file));
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
