/** An archive, or a set of files, that is not taken in, in words for the person who brought it. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

export interface ImportRules {
  /** Of all files, unpacked. */
  readonly maxBytes: number;
  readonly maxFiles: number;
}

export const defaultImportRules: ImportRules = { maxBytes: 1_000_000_000, maxFiles: 20_000 };
