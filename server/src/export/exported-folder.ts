/** A file of an exported folder: a text, or a file that lies somewhere on this machine. */
export type ExportedFile =
  { readonly text: string } | { readonly path: string; readonly sizeBytes: number; readonly isExecutable: boolean; readonly hash: string };

/** A pipeline or a component with everything that it names. */
export interface ExportedFolder {
  /** By their paths in the folder, with `/`. */
  readonly files: ReadonlyMap<string, ExportedFile>;
  /** The file of the pipeline or component, by its path in the folder. */
  readonly root: string;
  /** What was left out, and what is not as it was. */
  readonly notes: readonly string[];
  /** Of these, what is named and could not be taken. */
  readonly lacks: readonly Lack[];
}

/** What is named and could not be taken, with the place that names it; `file` null: the root. */
export interface Lack {
  readonly message: string;
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

/** In a folder from which something was left out. */
export const notesFile = 'EXPORT-NOTES.txt';

/** The folder's files, and the notes for whoever gets nothing but these. */
export function withNotes({ files, notes }: ExportedFolder): ReadonlyMap<string, ExportedFile> {
  return notes.length === 0 ? files : new Map([...files, [notesFile, { text: `${notes.join('\n')}\n` }]]);
}
