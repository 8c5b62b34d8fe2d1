import { stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DraftId } from '@pipewright/shared/ids.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { codeRulesOf, homeFolder } from '../config.ts';
import { exportFolder } from '../export/export-folder.ts';
import type { ExportSource } from '../export/export-parts.ts';
import { sourceOfDraft, sourceOfPipeline, sourceOfRun } from '../export/find-source.ts';
import { differingFiles, writeFolder } from '../export/write-folder.ts';
import { createComponentRegistry } from '../registry/create-component-registry.ts';
import { createEnvironmentRegistry } from '../registry/create-environment-registry.ts';
import { catalog } from './catalog.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { relocate } from './relocate.ts';
import { withRemembered, type Remembered } from './remembered.ts';
import { findRun } from './runs/find-run.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { output: { type: 'string', short: 'o' }, force: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** Writes a pipeline as YAML, or as a folder with everything in it: `PIPELINE[:VERSION]`, `draft:ID` or `run:ID`; takes no lock. */
export async function exportPipeline(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const [name] = positionals;
    if (name === undefined) throw new UsageError('name what to export: PIPELINE[:VERSION], draft:ID or run:ID');
    const { output, force, home } = values;
    await withRemembered(homeFolder(home), async (remembered) => {
      const source = await findSource(remembered, name);
      if (output !== undefined && (await isFolder(output))) await writeWhole(remembered, source, { folder: resolve(output), force });
      else await writeDocument(source, output === undefined ? undefined : resolve(output));
    });
    return exitStatus.done;
  });
}

/** One that is there, or is written as one. */
async function isFolder(output: string): Promise<boolean> {
  const info = await stat(output).catch(() => null);
  return info ? info.isDirectory() : output.endsWith('/');
}

async function writeDocument({ content, folder }: ExportSource, file: string | undefined): Promise<void> {
  // Relative paths go on meaning the same files, from where the text is put.
  const moved = folder === null ? content : { ...content, document: relocate(content.document, folder, file === undefined ? process.cwd() : dirname(file)) };
  const text = writePipeline(moved);
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text).catch((error: unknown) => cannotWrite(file, error));
}

async function writeWhole(
  { home, config, store }: Remembered,
  source: ExportSource,
  { folder, force }: { readonly folder: string; readonly force: boolean },
): Promise<void> {
  const parts = {
    store,
    components: createComponentRegistry(store.registry),
    environmentRegistry: createEnvironmentRegistry(store.registry, config.environments),
    artifacts: createArtifactStore(join(home, 'objects'), Date.now),
    rules: codeRulesOf(config),
  };
  const exported = await exportFolder(parts, source);
  const differing = force ? [] : await differingFiles(exported, folder);
  if (differing.length > 0) {
    const some = differing.slice(0, 5).join(', ');
    throw new UsageError(`${folder} has files that would be overwritten: ${some}${differing.length > 5 ? ', …' : ''}. Choose another folder, or say --force`);
  }
  await writeFolder(exported, folder).catch((error: unknown) => cannotWrite(folder, error));
  for (const note of exported.notes) process.stderr.write(`note ${note}\n`);
  process.stdout.write(`${relative(process.cwd(), join(folder, exported.root))}\n`);
}

function cannotWrite(file: string, error: unknown): never {
  throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
}

async function findSource({ store }: Remembered, name: string): Promise<ExportSource> {
  const parts = { store, catalog };
  if (name.startsWith('draft:')) {
    const source = await sourceOfDraft(parts, DraftId.parse(name.slice('draft:'.length) || ' '));
    if (!source) throw new UsageError(`there is no ${name}; see: pipewright ls pipelines`);
    return source;
  }
  if (name.startsWith('run:')) {
    const source = await sourceOfRun(parts, await findRun(store, name));
    if (!source) throw new Error(`Internal error: expected ${name}`);
    return source;
  }
  const [pipeline = '', version = 'latest'] = name.split(':');
  const source = await sourceOfPipeline(parts, pipeline, version);
  if (!source) throw new UsageError(`there is no published pipeline ${name}; see: pipewright ls pipelines`);
  return source;
}
