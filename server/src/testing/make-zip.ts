import { crc32, deflateRawSync } from 'node:zlib';
import { centralHeader, endRecord, localHeader, zipMethods } from '@pipewright/shared/zip/zip-records.ts';

export interface ZippedFile {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: Buffer;
  /** What the directory says instead of the truth. */
  readonly says?: { readonly bytes?: number; readonly crc?: number; readonly name?: string };
  /** The kind and rights of the file, as Unix has them. */
  readonly mode?: number;
}

/** An archive as a test wants it: also one that nobody honest would make. */
export function makeZip(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text = '', bytes = Buffer.from(text), says = {}, mode } of files) {
    const packed = deflateRawSync(bytes);
    const method = zipMethods.deflated;
    const content = { method, crc: says.crc ?? crc32(bytes), packedBytes: packed.length, bytes: says.bytes ?? bytes.length };
    const header = Buffer.from(localHeader(Buffer.from(name), method, content));
    const central = Buffer.from(centralHeader({ ...content, name: Buffer.from(says.name ?? name), offset, isExecutable: false }, false));
    if (mode !== undefined) central.writeUInt32LE(mode * 0x1_00_00, 38);
    parts.push(header, packed);
    directory.push(central);
    offset += header.length + packed.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, ...directory, endRecord(directory.length, length, offset)]);
}

/** Files by their path. */
export const zipOf = (files: Readonly<Record<string, string>>): Buffer => makeZip(Object.entries(files).map(([name, text]) => ({ name, text })));
