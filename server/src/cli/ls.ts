import type { AssetKind } from '@pipewright/shared/asset/asset.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { homeFolder } from '../config.ts';
import { machineCapacity } from '../scheduler/machine-capacity.ts';
import { readSamples } from '../gallery/read-gallery.ts';
import { createLogger } from '../logger.ts';
import { catalog } from './catalog.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { describeBytes } from './describe-bytes.ts';
import { formatMoment } from './format-moment.ts';
import { printJson } from './print-json.ts';
import { printTable } from './print-table.ts';
import { withRemembered, type Remembered } from './remembered.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** What is listed: for scripts as objects, for people the members of each that a line shows. */
interface Listing<T extends object = object> {
  readonly items: readonly T[];
  readonly toRow: (item: T) => readonly string[];
}

/** A listing of any kind of thing: its items only ever meet their own `toRow`. */
type AnyListing = Pick<Listing, 'items'> & { readonly rows: readonly (readonly string[])[] };

const listingOf = <T extends object>({ items, toRow }: Listing<T>): AnyListing => ({ items, rows: items.map(toRow) });

const kinds: Readonly<Record<string, (remembered: Remembered) => Promise<AnyListing>>> = {
  gallery: listGallery,
  components: listComponents,
  pipelines: listPipelines,
  environments: listEnvironments,
  data: async (remembered) => await listAssets(remembered, 'data'),
  models: async (remembered) => await listAssets(remembered, 'model'),
  compute: listCompute,
};

/** `ls KIND`: what there is by name; takes no lock. */
export async function ls(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const [kind = ''] = positionals;
    const list = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!list) throw new UsageError(`${kind === '' ? 'say what to list' : `${kind} cannot be listed`}: ${Object.keys(kinds).join(', ')}`);
    return await withRemembered(homeFolder(values.home), async (remembered) => {
      const { items, rows } = await list(remembered);
      if (values.json) printJson({ items });
      else printTable(rows);
      return exitStatus.done;
    });
  });
}

/** Of a description, what fits in a line. */
const firstSentence = (text: string | undefined): string => (text ?? '').trim().split(/(?<=\.)\s|\n/)[0] ?? '';

async function listGallery({ store }: Remembered): Promise<AnyListing> {
  const samples = (await readSamples(catalog, createLogger('silent'))).map(({ name, content: { document } }) => ({
    name,
    kind: 'sample',
    version: null,
    displayName: document.display_name ?? name,
    description: document.description ?? '',
    stepCount: Object.keys(document.jobs).length,
    runs: `gallery:${name}`,
  }));
  const published = (await store.pipelines.list({ limit: 500 })).items.map(({ name, version, displayName, description, stepCount }) => {
    return { name, kind: 'published', version, displayName, description, stepCount, runs: `${name}:${version}` };
  });
  return listingOf({
    items: [...samples, ...published],
    toRow: ({ runs, stepCount, displayName, description }) => [runs, `${stepCount} steps`, displayName, firstSentence(description)],
  });
}

async function listComponents({ store }: Remembered): Promise<AnyListing> {
  const items = (await store.registry.components()).map(({ name, version, component, source }) => ({
    name,
    version,
    reference: `azureml:${name}:${version}`,
    source,
    displayName: component.display_name ?? name,
    description: component['x-pipewright']?.summary ?? component.description ?? '',
  }));
  return listingOf({ items, toRow: ({ reference, displayName, description }) => [reference, displayName, firstSentence(description)] });
}

async function listPipelines({ store }: Remembered): Promise<AnyListing> {
  const published = (await store.pipelines.list({ limit: 500 })).items.map(({ name, version, displayName, stepCount, publishedAt }) => {
    return { kind: 'published', id: `${name}:${version}`, displayName, stepCount, changedAt: publishedAt };
  });
  const drafts = (await store.drafts.list({ limit: 500 })).items.map((draft) => ({
    kind: 'draft',
    id: `draft:${draft.id}`,
    displayName: draft.document.display_name ?? draft.document.name ?? 'Untitled pipeline',
    stepCount: Object.keys(draft.document.jobs).length,
    changedAt: draft.updatedAt,
  }));
  return listingOf({
    items: [...published, ...drafts],
    toRow: ({ id, stepCount, changedAt, displayName }) => [id, `${stepCount} steps`, formatMoment(changedAt), displayName],
  });
}

async function listEnvironments({ store }: Remembered): Promise<AnyListing> {
  const items = (await store.registry.environments()).map(({ name, version, source, environment }) => ({ name, version, source, definition: environment }));
  return listingOf({
    items,
    toRow: ({ name, version, definition }) => [
      `azureml:${name}:${version}`,
      `Python ${definition.python ?? 'of any version'}`,
      firstSentence(definition.description),
    ],
  });
}

/** What was registered, and what pipelines have put out under a name. */
async function listAssets({ store }: Remembered, kind: AssetKind): Promise<AnyListing> {
  const own = (await store.assets.list(kind)).map(({ name, version, type, path, artifact, createdAt }) => {
    return { name, version, type, source: 'registered', sizeBytes: artifact?.sizeBytes ?? null, path, createdAt };
  });
  const outputs = (await store.outputs.registered({ limit: 500, cursor: undefined })).items
    .filter(({ artifact }) => isModel(artifact.type) === (kind === 'model'))
    .map(({ name, version, run, step, port, artifact, createdAt }) => {
      const from = { source: 'run', sizeBytes: artifact.sizeBytes, path: `run:${run}/${step}/${port}`, createdAt };
      return { name: name ?? `${step}.${port}`, version: version ?? run, type: artifact.type, ...from };
    });
  return listingOf({
    items: [...own, ...outputs],
    toRow: ({ name, version, type, sizeBytes, path }) => [`azureml:${name}:${version}`, type, sizeBytes === null ? '' : describeBytes(sizeBytes), path],
  });
}

const isModel = (type: PortType): boolean => type === 'mlflow_model' || type === 'custom_model' || type === 'triton_model';

async function listCompute({ config }: Remembered): Promise<AnyListing> {
  const { cpu, memoryBytes, gpu } = machineCapacity(config);
  const items = [{ name: 'local', slots: config.slots, cpu, memoryBytes, gpu }];
  return listingOf({
    items,
    toRow: (machine) => [
      machine.name,
      `${machine.slots} steps at once`,
      describeBytes(machine.memoryBytes),
      machine.gpu === 0 ? 'no graphics card' : `${machine.gpu} graphics cards`,
    ],
  });
}
