import { join } from 'node:path';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftId, RunId } from '@pipewright/shared/ids.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Store } from '../store/store.ts';
import type { ExportSource } from './export-parts.ts';
import { withLayoutToWrite } from './layout-to-write.ts';

interface FindParts {
  readonly store: Pick<Store, 'drafts' | 'runs' | 'pipelines'>;
  /** What comes with the product. */
  readonly catalog: string;
}

export async function sourceOfDraft({ store, catalog }: FindParts, id: DraftId): Promise<ExportSource | undefined> {
  const draft = await store.drafts.get(id);
  if (!draft) return undefined;
  const file = fileOf(draft.from ?? '', catalog);
  const text = draft.text ?? (await readOriginal(file));
  return { content: withLayoutToWrite(contentOf({ ...draft, text })), folder: draft.folder, file, snapshot: null };
}

export async function sourceOfRun({ store, catalog }: FindParts, id: RunId): Promise<ExportSource | undefined> {
  const record = await store.runs.get(id);
  if (!record) return undefined;
  const { snapshot, summary } = record;
  const { document, layout, folder } = snapshot;
  const file =
    summary.origin.kind === 'file' ? summary.origin.file : summary.origin.kind === 'gallery' ? fileOf(`gallery:${summary.origin.name}`, catalog) : null;
  const text = (await store.runs.textOf(id)) ?? (await readOriginal(summary.origin.kind === 'file' ? file : null));
  return { content: withLayoutToWrite(contentOf({ document, layout, text })), folder, file, snapshot };
}

export async function sourceOfPipeline({ store }: FindParts, name: string, version: string): Promise<ExportSource | undefined> {
  const published = await store.pipelines.get(name, version);
  return published && { content: withLayoutToWrite(contentOf(published)), folder: published.folder, file: null, snapshot: null };
}

/** `file:PATH` or `gallery:NAME`. */
function fileOf(from: string, catalog: string): string | null {
  const [kind, name] = [from.slice(0, from.indexOf(':')), from.slice(from.indexOf(':') + 1)];
  if (kind === 'file') return name;
  return kind === 'gallery' ? join(catalog, 'gallery', name, 'pipeline.yml') : null;
}

/** For what older versions imported: the file, if it is still there; what it says itself does not count, only how it is written. */
async function readOriginal(file: string | null): Promise<string | undefined> {
  return file === null ? undefined : ((await readTextFile(file)) ?? undefined);
}
