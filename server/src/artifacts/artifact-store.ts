import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { HashedFile } from './hash-tree.ts';

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
  /** The same of what belongs to a person, who may go on changing it: the store gets bytes of its own. */
  collectCopy(path: string): Promise<StoredContent>;
  /** Hashes without storing. Unchanged files are remembered by path, size, times and inode. */
  hash(path: string): Promise<StoredContent>;
  has(hash: string): Promise<boolean>;
  /** Name → hash of the files of a folder that was stored or hashed; undefined where nobody remembers. */
  filesOf(hash: string): Promise<ReadonlyMap<string, string> | undefined>;
  /** Absolute path of the stored file or folder, read-only by convention. */
  pathOf(hash: string): string;
  /** Takes in a code folder with its includes (each under its base name), leaving out what is ignored. */
  collectCode(request: CodeRequest): Promise<CodeSnapshot>;
  /** The files that it would take in, where they lie. Those that have not changed are not read again. */
  codeFiles(request: CodeRequest): Promise<readonly HashedFile[]>;
  /** A fresh, writable copy of a stored folder. */
  copyTo(hash: string, target: string): Promise<void>;
  /** Its bytes were found to be others than those that were stored, and nothing has made them anew since. */
  isDamaged(hash: string): Promise<boolean>;
  readonly upkeep: ArtifactUpkeep;
}

export interface CodeRequest {
  readonly folder: string | null;
  readonly includes: readonly string[];
  /** Absolute path of the component's own YAML file: its content is in the fingerprint by what it says. */
  readonly definition: string | null;
}

/** What whoever clears up needs to know of the store. */
export interface ArtifactUpkeep {
  readonly folder: string;
  stored(): Promise<readonly StoredObject[]>;
  /** Paths that nobody will ever ask for: what a process that died was building. */
  leftovers(): Promise<readonly string[]>;
  /** Paths of what is remembered of folders for explanations, and was not come upon since a moment. */
  forgettable(since: number): Promise<readonly string[]>;
  /** It was stored or found by this process since a moment, so that somebody may rely on it of whom the database does not know yet. */
  isUsedSince(hash: string, since: number): boolean;
  /** What is stored or found from now on stays, until this is released: for work that tells the database only at its end. */
  hold(): () => void;
  /** When the longest hold began; now, if there is none. */
  heldSince(): number;
  /** Reads all of it again: whether the bytes are still those that were stored. */
  isIntact(hash: string): Promise<boolean>;
  /** Out of the way: it no longer counts as stored, and who runs again makes it anew. Answers where it lies now. */
  setAside(hash: string): Promise<string>;
  /** What was set aside, and whether it has been made anew since. */
  damaged(): Promise<readonly DamagedObject[]>;
}

export interface StoredObject {
  readonly hash: string;
  readonly path: string;
}

export interface DamagedObject extends StoredObject {
  readonly isReplaced: boolean;
  readonly setAsideAt: number;
}
