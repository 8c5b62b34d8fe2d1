import { pipelineTitle } from '@pipewright/shared/pipeline/pipeline-title.ts';
import { homeFolder } from '../config.ts';
import { machineCapacity } from '../scheduler/machine-capacity.ts';
import { readSamples } from '../gallery/read-gallery.ts';
import { createLogger } from '../logger.ts';
import { catalog } from './catalog.ts';
import { exitStatus } from './exit-status.ts';
import { listAssets, type AssetFilters } from './list-assets.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { firstSentence } from './first-sentence.ts';
import { formatMoment } from './format-moment.ts';
import { describeBytes } from '../describe-bytes.ts';
import { printJson } from './print-json.ts';
import { printTable } from './print-table.ts';
import { withRemembered, type Remembered } from './remembered.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
  all: { type: 'boolean', default: false },
  search: { type: 'string' },
  tag: { type: 'string' },
  type: { type: 'string' },
} as const;

/** What is listed: for scripts as objects, for people the members of each that a line shows. */
export interface Listing<T extends object = object> {
  readonly items: readonly T[];
  readonly toRow: (item: T) => readonly string[];
}

/** A listing of any kind of thing: its items only ever meet their own `toRow`. */
type AnyListing = Pick<Listing, 'items'> & { readonly rows: readonly (readonly string[])[] };

const listingOf = <T extends object>({ items, toRow }: Listing<T>): AnyListing => ({ items, rows: items.map(toRow) });

const kinds: Readonly<Record<string, (remembered: Remembered, filters: AssetFilters) => Promise<AnyListing>>> = {
  gallery: listGallery,
  components: async (remembered, filters) => listingOf(await listAssets(remembered, 'component', filters)),
  pipelines: listPipelines,
  environments: async (remembered, filters) => listingOf(await listAssets(remembered, 'environment', filters)),
  data: async (remembered, filters) => listingOf(await listAssets(remembered, 'data', filters)),
  models: async (remembered, filters) => listingOf(await listAssets(remembered, 'model', filters)),
  compute: listCompute,
};

const assetKinds = new Set(['components', 'data', 'models', 'environments']);
const isOfAssets = (kind: string): boolean => assetKinds.has(kind);

/** `ls KIND`: what there is by name; takes no lock. */
export async function ls(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const [kind = ''] = positionals;
    const list = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!list) throw new UsageError(`${kind === '' ? 'say what to list' : `${kind} cannot be listed`}: ${Object.keys(kinds).join(', ')}`);
    const { all, search, tag, type } = values;
    if ((all || search || tag || type) && !isOfAssets(kind)) throw new UsageError(`--all, --search, --tag and --type are for ${[...assetKinds].join(', ')}`);
    return await withRemembered(homeFolder(values.home), async (remembered) => {
      const { items, rows } = await list(remembered, { isWithArchived: all, search, tag, type });
      if (values.json) printJson({ items });
      else printTable(rows);
      return exitStatus.done;
    });
  });
}

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

async function listPipelines({ store }: Remembered): Promise<AnyListing> {
  const published = (await store.pipelines.list({ limit: 500 })).items.map(({ name, version, displayName, stepCount, publishedAt }) => {
    return { kind: 'published', id: `${name}:${version}`, displayName, stepCount, changedAt: publishedAt };
  });
  const drafts = (await store.drafts.list({ limit: 500 })).items.map((draft) => ({
    kind: 'draft',
    id: `draft:${draft.id}`,
    displayName: pipelineTitle(draft.document),
    stepCount: Object.keys(draft.document.jobs).length,
    changedAt: draft.updatedAt,
  }));
  return listingOf({
    items: [...published, ...drafts],
    toRow: ({ id, stepCount, changedAt, displayName }) => [id, `${stepCount} steps`, formatMoment(changedAt), displayName],
  });
}

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
