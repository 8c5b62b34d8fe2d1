import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { isAlwaysIgnored } from '@pipewright/shared/files/ignore-rules.ts';
import { describeFolderFailure } from '../storage-failure.ts';
import { ArchiveError, type ImportRules } from './archive-error.ts';
import { readAt, readZipDirectory, type ArchivedFile } from './read-zip-directory.ts';

/** Unpacks an archive into a folder that is there and empty; answers the names of its files. Whoever asks removes the folder when it fails. */
export async function unpackZip(archive: string, folder: string, rules: ImportRules): Promise<readonly string[]> {
  const handle = await open(archive, 'r');
  try {
    const files = (await readZipDirectory(handle, rules)).filter(({ name }) => isWanted(name));
    for (const file of files) await unpackFile({ archive, handle }, file, join(folder, file.name));
    return files.map(({ name }) => name);
  } catch (error) {
    if (error instanceof ArchiveError || describeFolderFailure(error) !== undefined) throw error;
    throw new ArchiveError(`The archive is damaged: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    await handle.close();
  }
}

/** What changes by itself is no part of a project. */
const isWanted = (name: string): boolean => !name.split('/').some((part) => isAlwaysIgnored(part) || part === '__MACOSX');

const headerBytes = 30;

async function unpackFile({ archive, handle }: { readonly archive: string; readonly handle: FileHandle }, file: ArchivedFile, target: string): Promise<void> {
  const header = await readAt(handle, file.offset, headerBytes);
  const nameBytes = header.readUInt16LE(26);
  const name = (await readAt(handle, file.offset + headerBytes, nameBytes)).toString('utf8');
  if (header.readUInt32LE(0) !== 0x04_03_4b_50 || name !== file.name)
    throw new ArchiveError(`The archive is damaged: ${JSON.stringify(file.name)} is not where its directory says.`);
  await mkdir(dirname(target), { recursive: true });
  const measure = measured(file);
  const start = file.offset + headerBytes + nameBytes + header.readUInt16LE(28);
  if (file.packedBytes === 0) {
    if (file.bytes !== 0) throw notAsSaid(file);
    const empty = await open(target, 'wx');
    await empty.close();
  } else {
    const packed = createReadStream(archive, { start, end: start + file.packedBytes - 1 });
    const written = createWriteStream(target, { flags: 'wx' });
    await (file.isDeflated ? pipeline(packed, createInflateRaw(), measure.stream, written) : pipeline(packed, measure.stream, written));
    if (measure.bytes() !== file.bytes || measure.crc() !== file.crc) throw notAsSaid(file);
  }
  if (file.isExecutable) await chmod(target, 0o755);
}

const notAsSaid = ({ name }: ArchivedFile): ArchiveError => new ArchiveError(`The archive is damaged: ${basename(name)} is not what its directory says.`);

/** The directory may lie: no more comes out than it said. */
function measured(file: ArchivedFile): { readonly stream: Transform; readonly bytes: () => number; readonly crc: () => number } {
  const sums = { bytes: 0, crc: 0 };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sums.bytes += chunk.length;
      sums.crc = crc32(chunk, sums.crc);
      if (sums.bytes > file.bytes) done(notAsSaid(file));
      else done(null, chunk);
    },
  });
  return { stream, bytes: () => sums.bytes, crc: () => sums.crc };
}
