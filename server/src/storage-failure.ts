/** What keeps the disk from taking or giving bytes, in words; undefined for any other failure. */
export function describeDiskFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && Object.hasOwn(diskErrors, error.code)) return diskErrors[error.code];
  // SQLite: the low byte is the kind of error, the rest says more about it.
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteErrors[error.errcode & 0xff];
  return undefined;
}

/** The same, for a folder that was to be opened: there a permission or a file in the way keeps us out as well. */
export function describeFolderFailure(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return describeDiskFailure(error) ?? (Object.hasOwn(pathErrors, code) ? pathErrors[code] : undefined);
}

/** No more bytes, whoever says so. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return (error.errcode & 0xff) === 13;
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

const diskErrors: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'it lies on a read-only disk',
  EIO: 'the disk reports an error',
};

const pathErrors: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  ENOENT: 'the folder above it cannot be written',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
};

const sqliteErrors: Readonly<Record<number, string>> = {
  8: 'it lies on a read-only disk, or there is no permission to write',
  10: 'the disk reports an error',
  11: 'the database is damaged',
  13: 'the disk is full',
  14: 'its files cannot be opened for writing',
  26: 'the file is not a database',
};
