import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createDeflateRaw, crc32 } from 'node:zlib';
import { centralHeader, descriptor, endRecord, localHeader, zipLimits, zipMethods } from '@pipewright/shared/zip/zip-records.ts';
import type { ExportedFile } from './exported-folder.ts';

/** What keeps files from going into one archive, or null. */
export function whyNotZip(files: ReadonlyMap<string, ExportedFile>): string | null {
  const bytes = [...files.values()].reduce((sum, file) => sum + ('text' in file ? file.text.length : file.sizeBytes), 0);
  if (files.size < zipLimits.files && bytes < zipLimits.bytes / 2) return null;
  return `It has ${files.size} files and ${bytes} bytes, too much for one archive: write the folder with pipewright export -o DIR/.`;
}

/** Files as an archive, made as it is read; all of them in the folder `top`. */
export async function* zipStream(files: ReadonlyMap<string, ExportedFile>, top: string): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, file] of files) {
    const name = Buffer.from(`${top}/${path}`);
    const start = offset;
    const header = localHeader(name, zipMethods.deflated);
    yield header;
    offset += header.length;
    const sums = { crc: 0, bytes: 0, packedBytes: 0 };
    const source = 'text' in file ? Readable.from([Buffer.from(file.text)]) : createReadStream(file.path);
    source.on('data', (chunk: Buffer) => {
      sums.crc = crc32(chunk, sums.crc);
      sums.bytes += chunk.length;
    });
    const packed = source.pipe(createDeflateRaw());
    source.once('error', (error) => packed.destroy(error));
    for await (const chunk of packed) {
      sums.packedBytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    const content = { ...sums, method: zipMethods.deflated };
    const tail = descriptor(content);
    yield tail;
    offset += sums.packedBytes + tail.length;
    directory.push(centralHeader({ ...content, name, offset: start, isExecutable: 'path' in file && file.isExecutable }, true));
  }
  yield* directory;
  yield endRecord(
    directory.length,
    directory.reduce((sum, { length }) => sum + length, 0),
    offset,
  );
}
