import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { contentOf, type DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { homeFolder } from '../config.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { galleryFile } from './pipeline-argument.ts';
import { relocate } from './relocate.ts';
import { withRemembered, type Remembered } from './remembered.ts';
import { findRun } from './runs/find-run.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { output: { type: 'string', short: 'o' }, home: { type: 'string' } } as const;

/** Writes a pipeline as YAML: `PIPELINE[:VERSION]`, `draft:ID` or `run:ID`; takes no lock. */
export async function exportPipeline(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const [name] = positionals;
    if (name === undefined) throw new UsageError('name what to export: PIPELINE[:VERSION], draft:ID or run:ID');
    const found = await withRemembered(homeFolder(values.home), async (remembered) => await findContent(remembered, name));
    const file = values.output === undefined ? undefined : resolve(values.output);
    const { content, folder } = found;
    // Relative paths go on meaning the same files, from where the text is put.
    const moved = folder === null ? content : { ...content, document: relocate(content.document, folder, file === undefined ? process.cwd() : dirname(file)) };
    const text = writePipeline(moved);
    if (file === undefined) process.stdout.write(text);
    else await writeFile(file, text).catch((error: unknown) => cannotWrite(file, error));
    return exitStatus.done;
  });
}

function cannotWrite(file: string, error: unknown): never {
  throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
}

interface FoundContent {
  readonly content: DraftContent;
  /** Relative paths are resolved there; null where there are none. */
  readonly folder: string | null;
}

async function findContent(remembered: Remembered, name: string): Promise<FoundContent> {
  const { store } = remembered;
  if (name.startsWith('draft:')) {
    const draft = await store.drafts.get(DraftId.parse(name.slice('draft:'.length) || ' '));
    if (!draft) throw new UsageError(`there is no ${name}; see: pipewright ls pipelines`);
    const text = draft.text ?? (await readOriginal(draft.from ?? ''));
    return { content: contentOf({ ...draft, text }), folder: draft.folder };
  }
  if (name.startsWith('run:')) {
    const record = await store.runs.get(await findRun(store, name));
    if (!record) throw new Error(`Internal error: expected ${name}`);
    const { document, layout, folder } = record.snapshot;
    const { origin } = record.summary;
    const text = (await store.runs.textOf(record.summary.id)) ?? (origin.kind === 'file' ? await readOriginal(`file:${origin.file}`) : undefined);
    return { content: contentOf({ document, layout, text }), folder };
  }
  const [pipeline = '', version = 'latest'] = name.split(':');
  const published = await store.pipelines.get(pipeline, version);
  if (!published) throw new UsageError(`there is no published pipeline ${name}; see: pipewright ls pipelines`);
  return { content: contentOf(published), folder: published.folder };
}

/** For what older versions imported: `file:PATH` or `gallery:NAME`, if it is still there; what it says itself does not count, only how it is written. */
async function readOriginal(from: string): Promise<string | undefined> {
  const [kind, name] = [from.slice(0, from.indexOf(':')), from.slice(from.indexOf(':') + 1)];
  const file = kind === 'file' ? name : kind === 'gallery' ? galleryFile(name) : undefined;
  return file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
}
