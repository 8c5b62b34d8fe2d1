import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';

export interface StoredContent {
  readonly hash: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly fileCount: number;
}

/**
 * Files and trees by content. A file's hash is the SHA-256 of its bytes; a folder's is that of the sorted list of
 * `path NUL file-hash` lines, so names count and times do not. An artifact becomes visible whole, by rename.
 */
export interface ArtifactStore {
  /** Takes what lies at `path` into the store (hard links where possible, else copies); the bytes at `path` stay. */
  collect(path: string): Promise<StoredContent>;
  /** Hashes without storing. Unchanged files are remembered by path, size, times and inode. */
  hash(path: string): Promise<StoredContent>;
  has(hash: string): Promise<boolean>;
  /** Absolute path of the stored file or folder, read-only by convention. */
  pathOf(hash: string): string;
  /** Takes in a code folder with its includes (each under its base name), leaving out what is ignored. */
  collectCode(request: CodeRequest): Promise<CodeSnapshot>;
  /** A fresh, writable copy of a stored folder. */
  copyTo(hash: string, target: string): Promise<void>;
}

export interface CodeRequest {
  readonly folder: string | null;
  readonly includes: readonly string[];
  /** Absolute path of the component's own YAML file: its content is in the fingerprint by what it says. */
  readonly definition: string | null;
}
