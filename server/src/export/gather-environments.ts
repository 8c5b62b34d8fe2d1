import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { isLocalPath, pathsOfEnvironment, plainPath, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { writeYaml } from '@pipewright/shared/yaml/write-yaml.ts';
import { hashFile } from '../artifacts/hash-file.ts';
import { hashFiles } from '../artifacts/hash-tree.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';
import { readTextFile } from '../read-text-file.ts';
import { isFields, lack, stepOfPlace, type ExportDocument, type ExportParts, type ExportOrigin, type Gathered, type RunPlace } from './export-parts.ts';
import { requirementFilesIn, toCopied } from './take-along.ts';

interface Gathering {
  readonly parts: ExportParts;
  readonly source: ExportOrigin;
  readonly gathered: Gathered;
}

const registered = /^azureml:([A-Za-z0-9_.-]+)(?::([^@:/]+)|@latest)?$/;

/** Takes along what the environments in a document are made of: their files, or what a run was pinned to if that is something else. */
export async function gatherEnvironments(
  gathering: Gathering,
  { document, paths, place }: { readonly document: ExportDocument; readonly paths: readonly NamedPath[]; readonly place: RunPlace },
): Promise<void> {
  const { source, gathered } = gathering;
  for (const path of paths) {
    if (path.kind !== 'environment' && path.kind !== 'conda' && path.kind !== 'build') continue;
    if (!isLocalPath(path.value)) await takeRegistered(gathering, document, path);
    else {
      const at = path.at.slice(0, { environment: undefined, conda: -1, build: -2 }[path.kind]);
      const step = stepOfPlace(path.at, place);
      const isOwn = path.at[0] === 'jobs' || !place.isEnvironmentSaid;
      const pinned = source.snapshot && step !== null && isOwn ? (source.snapshot.steps[step]?.environment ?? null) : null;
      if (pinned && !(await isStill(gathering.parts, { document, at, pinned }))) {
        gathered.notes.add(`The environment of step ${step} is not in its file as it was: it stands in the text as it was run.`);
        document.changes.push({ at, value: asWritten(pinned) });
      } else await takeFile(gathered, document, path);
    }
  }
}

async function takeRegistered({ parts, gathered }: Gathering, document: ExportDocument, { at, value, kind }: NamedPath): Promise<void> {
  const [, name, version = 'latest'] = (kind === 'environment' ? registered.exec(value) : null) ?? [];
  const record = name === undefined || !gathered.takesNames ? undefined : await parts.store.registry.environment(name, version);
  if (record?.source !== 'registered') return;
  const target = { name: `environments/${record.name}-${record.version}.yml` };
  const text = writeYaml(record.environment);
  gathered.documents.push({ target, path: null, folder: null, text, value: { ...record.environment }, edits: [], changes: [] });
  document.edits.push({ at, written: value, target });
}

async function takeFile(gathered: Gathered, document: ExportDocument, path: NamedPath): Promise<void> {
  const plain = plainPath(path.value);
  const from = resolve(document.folder ?? '/', plain);
  const info = document.folder === null && !isAbsolute(plain) ? null : await stat(from).catch(() => null);
  if (!info) {
    lack(gathered, { document, at: path.at }, { what: `The environment ${path.value} is not there` });
    return;
  }
  const target = { from, isAbsolute: isAbsolute(plain) };
  if (info.isDirectory()) {
    document.edits.push({ at: path.at, written: path.value, target });
    gathered.copies.push({ target, files: (await hashFiles(from)).map(toCopied) });
    return;
  }
  const text = await readTextFile(from);
  if (text === null) {
    lack(gathered, { document, at: path.at }, { what: `The environment ${path.value} cannot be read` });
    return;
  }
  const { value } = readYaml(text);
  document.edits.push({ at: path.at, written: path.value, target });
  const inner = path.kind === 'environment' && isFields(value) ? pathsOfEnvironment(value) : [];
  const own: ExportDocument = { target, path: from, folder: dirname(from), text, value: isFields(value) ? value : {}, edits: [], changes: [] };
  gathered.documents.push(own);
  for (const file of inner) await takeFile(gathered, own, file);
  await takeRequirements(gathered, { folder: dirname(from), text, depth: 0 });
}

interface Requirements {
  readonly folder: string;
  readonly text: string;
  readonly depth: number;
}

/** Files that are named in lines of requirements: these are not rewritten. */
async function takeRequirements(gathered: Gathered, { folder, text, depth }: Requirements): Promise<void> {
  for (const file of requirementFilesIn(text)) {
    const from = resolve(folder, file);
    const lines = await readTextFile(from);
    if (lines === null || depth > 5) continue;
    gathered.copies.push({ target: { from, isAbsolute: isAbsolute(file) }, files: [toCopied({ name: '', path: from, ...(await hashFile(from)) })] });
    await takeRequirements(gathered, { folder: dirname(from), text: lines, depth: depth + 1 });
  }
}

interface Pinned {
  readonly document: ExportDocument;
  readonly at: readonly (string | number)[];
  readonly pinned: EnvironmentDefinition;
}

async function isStill(parts: ExportParts, { document, at, pinned }: Pinned): Promise<boolean> {
  const reference = EnvironmentReference.safeParse(at.reduce<unknown>((value, key) => (isFields(value) ? value[String(key)] : undefined), document.value));
  if (!reference.success) return true;
  const found = await parts.environmentRegistry.find(reference.data, document.folder);
  if (found.environment === null) return false;
  const normalized = await normalizeEnvironment(found.environment, found.folder);
  return 'definition' in normalized && canonicalJson(normalized.definition) === canonicalJson(pinned);
}

function asWritten({ python, requirements, variables, resolution }: EnvironmentDefinition): Record<string, unknown> {
  return {
    ...(python === null ? {} : { python }),
    requirements,
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    ...(resolution === undefined ? {} : { 'x-pipewright': { resolution } }),
  };
}
