import type { FileHandle } from 'node:fs/promises';
import { describeBytes } from '../describe-bytes.ts';
import { ArchiveError, type ImportRules } from './archive-error.ts';

/** A file in an archive, by what the directory at its end says. */
export interface ArchivedFile {
  /** With `/`; never out of the folder that it is unpacked into. */
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
  readonly isExecutable: boolean;
}

const endBytes = 22;
const longestComment = 65_535;
const entryBytes = 46;
const largestDirectory = 64 * 1024 * 1024;
/** Beyond it, and so much smaller when packed, nobody's files are. */
const suspiciousBytes = 100_000_000;
const suspiciousRatio = 200;
const kinds = { mask: 0o17_0000, file: 0o10_0000, folder: 0o04_0000, link: 0o12_0000 } as const;

/** The files of an archive; one that is not plainly what it should be is refused as a whole. */
export async function readZipDirectory(archive: FileHandle, { maxBytes, maxFiles }: ImportRules): Promise<ArchivedFile[]> {
  const { size } = await archive.stat();
  const end = await findEnd(archive, size);
  const [disk, count, directoryBytes, offset] = [end.readUInt16LE(4), end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (count === 0xff_ff || offset === 0xff_ff_ff_ff)
    throw new ArchiveError('The archive is of the large kind (ZIP64), which is not read. Pack fewer or smaller files.');
  if (disk !== 0) throw new ArchiveError('The archive is one part of several. Pack all of it into one file.');
  if (offset + directoryBytes > size || directoryBytes > largestDirectory) throw new ArchiveError('The archive is damaged: its directory lies beyond its end.');
  if (count > maxFiles)
    throw new ArchiveError(`The archive has ${count} files, more than the ${maxFiles} that an import may have (imports.max_files in config.yml).`);
  const directory = await readAt(archive, offset, directoryBytes);
  const files = readEntries(directory, count);
  checkSizes(files, { archiveBytes: size, maxBytes });
  checkNames(files);
  return files;
}

async function findEnd(archive: FileHandle, size: number): Promise<Buffer> {
  const tailBytes = Math.min(size, endBytes + longestComment);
  const tail = await readAt(archive, size - tailBytes, tailBytes);
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === 0x06_05_4b_50) return tail.subarray(at);
  }
  throw new ArchiveError('The file is not a ZIP archive, or not all of it is there.');
}

export async function readAt(archive: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await archive.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new ArchiveError('The archive is damaged: it ends too early.');
  return buffer;
}

function readEntries(directory: Buffer, count: number): ArchivedFile[] {
  const files: ArchivedFile[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== 0x02_01_4b_50)
      throw new ArchiveError('The archive is damaged: its directory cannot be read.');
    const [nameBytes, extraBytes, commentBytes] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)];
    const next = at + entryBytes + nameBytes + extraBytes + commentBytes;
    if (next > directory.length) throw new ArchiveError('The archive is damaged: its directory cannot be read.');
    const file = readEntry(directory, at, directory.toString('utf8', at + entryBytes, at + entryBytes + nameBytes));
    if (file) files.push(file);
    at = next;
  }
  return files;
}

/** Null: a folder. */
function readEntry(directory: Buffer, at: number, name: string): ArchivedFile | null {
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  const isUnix = directory.readUInt8(at + 5) === 3;
  const mode = isUnix ? directory.readUInt32LE(at + 38) >>> 16 : 0;
  const kind = mode & kinds.mask;
  const why = whyNotName(name);
  if (why !== null) throw new ArchiveError(`The archive holds ${show(name)}, ${why}. Nothing of it is unpacked.`);
  if (kind === kinds.link) throw new ArchiveError(`The archive holds the link ${show(name)}. Links are not unpacked: pack the file itself.`);
  if (kind !== 0 && kind !== kinds.file && kind !== kinds.folder)
    throw new ArchiveError(`The archive holds ${show(name)}, which is neither a file nor a folder.`);
  if (name.endsWith('/')) return null;
  if ((flags & 1) !== 0) throw new ArchiveError(`The archive is locked with a password (${show(name)}). Pack it without one.`);
  if (method !== 0 && method !== 8)
    throw new ArchiveError(`The archive packs ${show(name)} in a way that is not read (${method}). Use the usual one, Deflate.`);
  const [crc, packedBytes, bytes, offset] = [16, 20, 24, 42].map((field) => directory.readUInt32LE(at + field));
  return {
    name,
    isDeflated: method === 8,
    crc: crc ?? 0,
    packedBytes: packedBytes ?? 0,
    bytes: bytes ?? 0,
    offset: offset ?? 0,
    isExecutable: (mode & 0o100) !== 0,
  };
}

/** Why a name would not stay in the folder that it is unpacked into, or mean something else elsewhere. */
function whyNotName(name: string): string | null {
  if (name.includes('\0')) return 'whose name has a NUL byte';
  if (name.includes('\\')) return 'whose name has a backslash, which leads elsewhere on some machines';
  if (name.startsWith('/')) return 'whose path begins at the root of the machine';
  if (/^[A-Za-z]:/.test(name)) return 'whose path begins at a drive';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..')) return 'whose path leads out of the folder';
  if (parts.some((part) => part === '' || part === '.')) return 'whose path has empty parts';
  return parts.some((part) => Buffer.byteLength(part) > 255) || name.length > 4000 ? 'whose name is too long' : null;
}

function checkSizes(files: readonly ArchivedFile[], { archiveBytes, maxBytes }: { readonly archiveBytes: number; readonly maxBytes: number }): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const packed = files.reduce((sum, file) => sum + file.packedBytes, 0);
  if (bytes > maxBytes) {
    throw new ArchiveError(
      `The archive would unpack to ${describeBytes(bytes)}, more than the ${describeBytes(maxBytes)} that an import may have (imports.max_bytes in config.yml). Leave large data out: it is named by its path.`,
    );
  }
  if (bytes > suspiciousBytes && bytes > packed * suspiciousRatio) {
    throw new ArchiveError(
      `The archive would unpack to ${describeBytes(bytes)}, more than ${suspiciousRatio} times its size. It is taken for a bomb, and not unpacked.`,
    );
  }
  // Files that share their bytes make a small archive large.
  if (packed > archiveBytes) throw new ArchiveError('The archive is damaged: its files are larger than itself.');
}

function checkNames(files: readonly ArchivedFile[]): void {
  const names = new Set<string>();
  const folders = new Set<string>();
  for (const { name } of files) {
    if (names.has(name)) throw new ArchiveError(`The archive holds ${show(name)} twice. Nothing of it is unpacked, since it is not clear which one is meant.`);
    names.add(name);
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) folders.add(name.slice(0, slash));
  }
  const both = [...names].find((name) => folders.has(name));
  if (both !== undefined) throw new ArchiveError(`The archive holds ${show(both)} as a file and as a folder.`);
}

const show = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
