import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { codeRulesOf, defaultNetworkRules } from '../config.ts';
import { createDownloads } from '../data/downloads.ts';
import { DataFinder } from '../data/find-data.ts';
import { createComponentRegistry } from '../registry/create-component-registry.ts';
import { createEnvironmentRegistry } from '../registry/create-environment-registry.ts';
import { readPipelineFile } from '../resolve/read-pipeline-file.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { resolveRun, type ResolvedRun } from '../resolve/resolve-run.ts';
import { machineCapacity } from '../scheduler/machine-capacity.ts';
import type { RunRequest } from '../scheduler/scheduler.ts';
import { standInOf } from '../scheduler/take-over.ts';
import { createLoggedPlaces } from '../tracking/logged-places.ts';
import { catalog } from './catalog.ts';
import { UsageError } from './parse-arguments.ts';
import { galleryFile, type PipelineArgument } from './pipeline-argument.ts';
import type { Remembered } from './remembered.ts';

/** Everything that keeps a pipeline from running here and now. */
export async function checkOffline(remembered: Remembered, source: PipelineArgument): Promise<readonly Problem[]> {
  return (await resolveOffline(remembered, source, {})).problems;
}

type ResolvedOffline =
  | { readonly ok: false; readonly problems: Problem[] }
  | {
      readonly ok: true;
      readonly problems: Problem[];
      readonly run: Extract<ResolvedRun, { ok: true }>;
      readonly origin: RunOrigin;
      readonly scratch: ArtifactStore;
    };

export async function resolveOffline(remembered: Remembered, source: PipelineArgument, options: RunOptions): Promise<ResolvedOffline> {
  const found = await findSource(remembered, source);
  if (!found.request) return { ok: false, problems: found.problems };
  const { home, config, store, runsFolder, scratch } = remembered;
  const stored = createArtifactStore(join(home, 'objects'), Date.now);
  const parts = {
    components: createComponentRegistry(store.registry),
    environmentRegistry: createEnvironmentRegistry(store.registry, config.environments),
    // Code is hashed into a scratch folder; whether a donor's bytes are there is asked of the real one.
    artifacts: createArtifactStore(join(scratch, 'objects'), Date.now, codeRulesOf(config)),
    machine: machineCapacity(config),
    data: new DataFinder({
      config,
      store,
      artifacts: stored,
      downloads: createDownloads(join(home, 'downloads'), config.network ?? defaultNetworkRules),
      logged: createLoggedPlaces({ store, artifacts: stored, runsFolder, trackingFolder: join(home, 'tracking') }),
    }),
    assets: store.assets,
    mayFetch: false,
    hasResult: async (step: string, { origin, resumes }: RunRequest) => (await standInOf({ store, artifacts: stored }, { origin, resumes }, step)) !== null,
  };
  const request = { ...found.request, options };
  const resolved = await resolveRun(parts, request);
  const problems = found.locate(resolved.problems);
  return resolved.ok ? { ok: true, problems, run: resolved, origin: request.origin, scratch: parts.artifacts } : { ok: false, problems };
}

type FoundSource =
  | { readonly request: Omit<RunRequest, 'options'>; readonly locate: (problems: readonly Problem[]) => Problem[] }
  | { readonly request: null; readonly problems: Problem[] };

async function findSource({ store }: Remembered, source: PipelineArgument): Promise<FoundSource> {
  switch (source.kind) {
    case 'file':
      return await fromFile(source.file, { kind: 'file', file: source.file });
    case 'gallery':
      return await fromFile(galleryFile(source.gallery), { kind: 'gallery', name: source.gallery });
    case 'pipeline': {
      const published = await store.pipelines.get(source.name, source.version);
      if (!published) {
        const known = (await store.pipelines.list({ limit: 500 })).items.map(({ name }) => name);
        throw new UsageError(`there is no file and no published pipeline ${source.text}.${didYouMean(source.name, known)}`);
      }
      const { document, layout, folder, version } = published;
      const origin: RunOrigin = { kind: 'pipeline', name: source.name, version };
      return { request: { document, layout, folder, origin, by: '' }, locate: (problems) => [...problems] };
    }
  }
}

async function fromFile(file: string, origin: RunOrigin): Promise<FoundSource> {
  const read = await readPipelineFile(file);
  if (!read && origin.kind === 'gallery')
    throw new UsageError(`there is no gallery pipeline ${origin.name}.${didYouMean(origin.name, await readdir(join(catalog, 'gallery')))}`);
  if (!read) throw new UsageError(`the file ${file} cannot be read`);
  const { content, problems, locate, folder } = read;
  if (!content) return { request: null, problems: [...problems] };
  return { request: { ...content, folder, origin, by: '' }, locate: (found) => [...problems, ...locate(found)] };
}
