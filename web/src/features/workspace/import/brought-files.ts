import { isAlwaysIgnored } from '@pipewright/shared/files/ignore-rules.ts';

/** A file that a person brings, by its path in what they chose. */
export interface BroughtFile {
  readonly path: string;
  readonly content: File;
}

/** What a chooser gives: files, or all that is in a folder. */
export function filesOfList(files: FileList | null): BroughtFile[] {
  return [...(files ?? [])].map((content) => ({ path: content.webkitRelativePath || content.name, content })).filter(isWanted);
}

/** What is dropped: files and folders. Its entries must be asked for before anything is waited for. */
export async function filesOfDrop({ items }: DataTransfer): Promise<BroughtFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found = await Promise.all(entries.map(async (entry) => await filesOfEntry(entry)));
  return found.flat().filter(isWanted);
}

/** What changes by itself is no part of a project. */
const isWanted = ({ path }: { readonly path: string }): boolean => !path.split('/').some(isAlwaysIgnored);

async function filesOfEntry(entry: FileSystemEntry): Promise<BroughtFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (!isWanted({ path })) return [];
  if (isFile(entry)) return [{ path, content: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }];
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const files: BroughtFile[] = [];
  // A reader gives a hundred at a time.
  for (let read = await readSome(reader); read.length > 0; read = await readSome(reader)) {
    for (const inner of read) files.push(...(await filesOfEntry(inner)));
  }
  return files;
}

const readSome = async (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
