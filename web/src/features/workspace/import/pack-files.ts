import { crc32 } from '@pipewright/shared/zip/crc32.ts';
import { centralHeader, endRecord, localHeader, zipLimits, zipMethods } from '@pipewright/shared/zip/zip-records.ts';
import type { BroughtFile } from './brought-files.ts';

/** As many bytes as the server takes, unless its configuration says more. */
const mostBytes = 1_000_000_000;

/** Files as one archive, not packed any smaller: it goes to this very machine. */
export async function packFiles(files: readonly BroughtFile[]): Promise<Blob> {
  const total = files.reduce((sum, { content }) => sum + content.size, 0);
  if (total > mostBytes || files.length >= zipLimits.files) {
    throw new Error(
      `These are ${files.length} files with ${Math.round(total / 1_000_000)} MB, too much to bring. Import the folder with “pipewright import DIR”: it stays where it is.`,
    );
  }
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { path, content } of files) {
    const name = new TextEncoder().encode(path);
    const bytes = content.size;
    const sizes = { method: zipMethods.stored, crc: crc32(new Uint8Array(await content.arrayBuffer())), packedBytes: bytes, bytes };
    const header = localHeader(name, zipMethods.stored, sizes);
    parts.push(header, content);
    directory.push(centralHeader({ ...sizes, name, offset, isExecutable: false }, false));
    offset += header.length + bytes;
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  return new Blob([...parts, ...directory, endRecord(directory.length, directoryBytes, offset)], { type: 'application/zip' });
}
