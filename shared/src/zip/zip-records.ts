/** How the bytes of a file stand in an archive. */
export const zipMethods = { stored: 0, deflated: 8 } as const;

interface ZipContent {
  readonly method: (typeof zipMethods)[keyof typeof zipMethods];
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

interface ZipEntry extends ZipContent {
  /** In UTF-8. */
  readonly name: Uint8Array;
  /** Of its header, from the start of the archive. */
  readonly offset: number;
  readonly isExecutable: boolean;
}

/** What an archive without 64-bit fields can hold. */
export const zipLimits = { files: 65_535, bytes: 0xff_ff_ff_ff } as const;

const signatures = { local: 0x04_03_4b_50, descriptor: 0x08_07_4b_50, central: 0x02_01_4b_50, end: 0x06_05_4b_50 } as const;
const namesAreUtf8 = 0x08_00;
const sizesFollow = 0x00_08;
const version = 20;
/** The date does not count: the same files give the same archive. 1980-01-01. */
const date = 0x00_21;
const madeByUnix = 3 << 8;

/** Before the bytes of a file; without its content the sizes come after them, in a descriptor. */
export function localHeader(name: Uint8Array, method: ZipContent['method'], content?: ZipContent): Uint8Array<ArrayBuffer> {
  const flags = namesAreUtf8 | (content ? 0 : sizesFollow);
  return withText(
    record(30, [
      [4, signatures.local],
      [2, version],
      [2, flags],
      [2, method],
      [2, 0],
      [2, date],
      [4, content?.crc ?? 0],
      [4, content?.packedBytes ?? 0],
      [4, content?.bytes ?? 0],
      [2, name.length],
      [2, 0],
    ]),
    name,
  );
}

export const descriptor = ({ crc, packedBytes, bytes }: ZipContent): Uint8Array<ArrayBuffer> =>
  record(16, [
    [4, signatures.descriptor],
    [4, crc],
    [4, packedBytes],
    [4, bytes],
  ]);

export function centralHeader({ name, method, crc, packedBytes, bytes, offset, isExecutable }: ZipEntry, hasDescriptor: boolean): Uint8Array<ArrayBuffer> {
  const mode = 0o10_0000 | (isExecutable ? 0o755 : 0o644);
  return withText(
    record(46, [
      [4, signatures.central],
      [2, madeByUnix | version],
      [2, version],
      [2, namesAreUtf8 | (hasDescriptor ? sizesFollow : 0)],
      [2, method],
      [2, 0],
      [2, date],
      [4, crc],
      [4, packedBytes],
      [4, bytes],
      [2, name.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, mode * 0x1_00_00],
      [4, offset],
    ]),
    name,
  );
}

/** After all headers of the directory. */
export const endRecord = (files: number, directoryBytes: number, directoryOffset: number): Uint8Array<ArrayBuffer> =>
  record(22, [
    [4, signatures.end],
    [2, 0],
    [2, 0],
    [2, files],
    [2, files],
    [4, directoryBytes],
    [4, directoryOffset],
    [2, 0],
  ]);

/** Fields of two or four bytes one after the other, the lowest byte first. */
function record(length: number, fields: readonly (readonly [2 | 4, number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function withText(header: Uint8Array, text: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(header.length + text.length);
  whole.set(header);
  whole.set(text, header.length);
  return whole;
}
