import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { createLogger } from '../logger.ts';
import { createComponentRegistry } from '../registry/create-component-registry.ts';
import { createEnvironmentRegistry } from '../registry/create-environment-registry.ts';
import { registerBuiltIns } from '../registry/register-built-ins.ts';
import { resolveRun } from '../resolve/resolve-run.ts';
import { planRun } from '../scheduler/plan-run.ts';
import type { RunRequest } from '../scheduler/scheduler.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';

/** Validates and plans files without owning the data folder: it reads what is remembered and changes none of it. */
export interface OfflinePlanner {
  plan(file: string, inputs: Readonly<Record<string, string>>): Promise<Plan>;
}

const catalog = join(import.meta.dirname, '..', '..', 'catalog');

export async function withOfflinePlanner<T>(home: string, work: (planner: OfflinePlanner) => Promise<T>): Promise<T> {
  const opened = new AsyncDisposableStack();
  try {
    return await work(await openOfflinePlanner(home, opened));
  } finally {
    await opened.disposeAsync();
  }
}

async function openOfflinePlanner(home: string, opened: AsyncDisposableStack): Promise<OfflinePlanner> {
  const scratch = await mkdtemp(join(tmpdir(), 'pipewright-'));
  opened.defer(async () => await rm(scratch, { recursive: true, force: true }));
  const database = join(home, 'pipewright.db');
  const isThere = existsSync(database);
  const store = opened.use(await openSqliteStore(isThere ? database : join(scratch, 'pipewright.db')));
  const now = new Date();
  if (!isThere) await registerBuiltIns({ catalog, registry: store.registry, logger: createLogger('silent'), now: now.toISOString() });
  // Code is hashed into a scratch folder; whether a donor's bytes are there is asked of the real one.
  const remembered = createArtifactStore(join(home, 'objects'), Date.now);
  const artifacts = createArtifactStore(join(scratch, 'objects'), Date.now);
  const parts = { components: createComponentRegistry(store.registry), environmentRegistry: createEnvironmentRegistry(store.registry, {}), artifacts };
  const plan = async (file: string, inputs: Readonly<Record<string, string>>): Promise<Plan> => {
    const path = resolve(file);
    const { content, problems, locate } = readPipeline(await readFile(path, 'utf8'), path);
    if (!content) return { steps: [], problems: [...problems] };
    const request: RunRequest = { ...content, folder: dirname(path), origin: { kind: 'file', file: path }, by: '', options: { inputs: { ...inputs } } };
    const resolved = await resolveRun(parts, request);
    const steps = resolved.ok ? await planRun({ store, artifacts: remembered }, resolved.snapshot, request.origin) : [];
    return { steps, problems: locate(resolved.problems) };
  };
  return { plan };
}
