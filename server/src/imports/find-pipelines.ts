import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { documentKind, isStepKind, type DocumentKind } from '@pipewright/shared/azure/document-kind.ts';
import { isAlwaysIgnored } from '@pipewright/shared/files/ignore-rules.ts';
import { isLocalPath, namedPaths, plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { FairTurns } from '../fair-turns.ts';
import { ArchiveError } from './archive-error.ts';

/** Whoever brings more means one of them. */
const mostPipelines = 50;
const mostFiles = 20_000;
const largestFile = 8 * 1024 * 1024;

/**
 * The files in a folder that are pipelines of their own: not those that others use as a component. Where there is none,
 * schedules and deployments that name one; else jobs and components of one step.
 */
export async function findPipelines(folder: string): Promise<readonly string[]> {
  const kinds = new Map<string, DocumentKind | 'broken'>();
  const used = new Set<string>();
  const turns = new FairTurns();
  for (const file of await yamlFiles(folder)) {
    await turns.rest();
    const text = await readFile(file, 'utf8').catch(() => '');
    const { value, errors } = readYaml(text);
    // One that means to be a pipeline is not passed over for being broken.
    if (errors.length > 0 && /^jobs\s*:/m.test(text)) kinds.set(file, 'broken');
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    const kind = documentKind({ ...value });
    if (kind !== null) kinds.set(file, kind);
    for (const path of usedBy(value, file)) used.add(path);
  }
  const ofKind = (isMeant: (kind: DocumentKind | 'broken') => boolean): string[] =>
    [...kinds].flatMap(([file, kind]) => (isMeant(kind) && !used.has(file) ? [file] : []));
  const choices = [
    ofKind((kind) => kind === 'pipeline' || kind === 'broken'),
    ofKind((kind) => kind === 'schedule' || kind === 'pipeline-deployment'),
    ofKind((kind) => kind !== 'broken' && isStepKind(kind)),
  ];
  const found = choices.find((files) => files.length > 0);
  if (!found) throw new ArchiveError('There is no pipeline in it: no YAML file with jobs, and none of a job or component.');
  if (found.length > mostPipelines) {
    const some = found.slice(0, 3).map((file) => file.slice(folder.length + 1));
    throw new ArchiveError(`There are ${found.length} pipelines in it (${some.join(', ')}, …), more than are imported at once. Name the files that you mean.`);
  }
  return found;
}

function usedBy(value: object, file: string): string[] {
  const { create_job: job, component } = value as { readonly create_job?: unknown; readonly component?: unknown };
  const named = [job, component].flatMap((path) => (typeof path === 'string' && isLocalPath(path) ? [path] : []));
  const components = namedPaths(value).flatMap(({ kind, value: path }) => (kind === 'component' ? [path] : []));
  // A pipeline that names itself is told that it does.
  return [...named, ...components].map((path) => resolve(dirname(file), plainPath(path))).filter((path) => path !== file);
}

/** Links are not followed. */
async function yamlFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const open = [folder];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      seen += 1;
      if (seen > mostFiles) throw new ArchiveError(`It holds more than ${mostFiles} files. Name the pipeline’s own file.`);
      const path = join(next, entry.name);
      if (isAlwaysIgnored(entry.name)) continue;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && /\.ya?ml$/i.test(entry.name) && (await stat(path)).size <= largestFile) files.push(path);
    }
  }
  return files.toSorted();
}
