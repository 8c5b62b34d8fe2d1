import { isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAssetReference, parseDatastoreUri, parseRunOutputUri } from '@pipewright/shared/asset/asset.ts';
import type { ProblemCode } from '@pipewright/shared/graph/problem.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import type { Downloads } from './downloads.ts';

/** Where the data is that a path names. */
export type DataPlace =
  | { readonly kind: 'local'; readonly path: string; readonly note?: string }
  /** It is fetched when the pipeline is run. */
  | { readonly kind: 'not-fetched'; readonly url: string }
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly message: string };

export interface DataFinderParts {
  readonly config: Pick<Config, 'home' | 'datastores' | 'urls'>;
  readonly store: Pick<Store, 'assets' | 'runs' | 'outputs'>;
  readonly artifacts: Pick<ArtifactStore, 'pathOf'>;
  readonly downloads: Downloads;
}

export interface DataQuestion {
  /** Relative paths are resolved against it. */
  readonly folder: string | null;
  /** Whether what lies behind an address may be fetched now. */
  readonly mayFetch: boolean;
}

/**
 * Finds what the path of a data input means: a file or folder, `azureml:NAME:VERSION`, a datastore, an output of a run, or
 * an address, each as `config.yml` maps it.
 */
export class DataFinder {
  readonly #parts: DataFinderParts;

  constructor(parts: DataFinderParts) {
    this.#parts = parts;
  }

  async find(path: string, question: DataQuestion, depth = 0): Promise<DataPlace> {
    const mapped = this.#mapped(path);
    // An asset may name a datastore, and that an address; nobody means a chain without end.
    if (depth > 5) return problem('missing-file', `${path} leads to other names without end.`);
    if (mapped !== null) return await this.find(mapped, question, depth + 1);
    if (path.includes('\0')) return problem('missing-file', 'The path of the data holds a NUL byte.');
    if (path.startsWith('file://')) return { kind: 'local', path: fileURLToPath(path) };
    const inStore = parseDatastoreUri(path);
    if (inStore) return await this.#inDatastore(inStore.datastore, inStore.path);
    const ofRun = parseRunOutputUri(path);
    if (ofRun) return await this.#ofRun(path, ofRun);
    const asset = parseAssetReference(path);
    if (asset) return await this.#asset(path, asset, { question, depth });
    if (/^https?:\/\//i.test(path)) return await this.#address(path, question);
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1];
    if (scheme !== undefined || path.startsWith('azureml:')) {
      return problem(
        'missing-file',
        `${path} is not on this machine. Say in config.yml under urls where ${scheme ?? 'azureml'} addresses lie, or give the path of the file.`,
      );
    }
    if (isAbsolute(path)) return { kind: 'local', path };
    if (question.folder === null) return problem('missing-file', `${path} is a relative path, but the pipeline has no folder to look in. Give the whole path.`);
    return { kind: 'local', path: resolve(question.folder, path) };
  }

  #mapped(path: string): string | null {
    const rule = this.#parts.config.urls?.find(({ from }) => path.startsWith(from));
    if (!rule) return null;
    const rest = path.slice(rule.from.length).replace(/^\/+/, '');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rule.to)) return `${rule.to.replace(/\/+$/, '')}/${rest}`;
    return join(rule.to, rest);
  }

  async #inDatastore(datastore: string, path: string): Promise<DataPlace> {
    const folder = this.#parts.config.datastores?.[datastore] ?? join(this.#parts.config.home, 'datastores', datastore);
    const full = resolve(folder, path);
    if (full !== resolve(folder) && !full.startsWith(`${resolve(folder)}${sep}`))
      return problem('missing-file', `${path} leads out of the datastore ${datastore}.`);
    return { kind: 'local', path: full };
  }

  async #ofRun(text: string, { run, output, path }: { readonly run: string; readonly output: string; readonly path: string }): Promise<DataPlace> {
    const record = /^\d+$/.test(run) ? await this.#parts.store.runs.get(RunId.parse(run)) : undefined;
    if (!record) return problem('unknown-asset', `${text}: there is no run ${run} here.`);
    const port = record.snapshot.outputs[output];
    const row = port && record.steps.find(({ key }) => key === port.step);
    const artifact = row && (row.status === 'completed' || row.status === 'reused') ? row.outputs[port.output] : undefined;
    if (!artifact) {
      const names = Object.keys(record.snapshot.outputs).join(', ') || 'none';
      return problem('unknown-asset', `${text}: run ${run} has no output ${output}. Its outputs: ${names}.`);
    }
    return { kind: 'local', path: resolve(this.#parts.artifacts.pathOf(artifact.hash), path) };
  }

  async #asset(
    text: string,
    { name, version }: { readonly name: string; readonly version: string },
    { question, depth }: { readonly question: DataQuestion; readonly depth: number },
  ): Promise<DataPlace> {
    const { assets } = this.#parts.store;
    const asset = await assets.find(name, version);
    if (asset?.artifact) return { kind: 'local', path: this.#parts.artifacts.pathOf(asset.artifact.hash) };
    if (asset) return await this.find(asset.path, question, depth + 1);
    const output = await this.#namedOutput(name, version);
    if (output) return { kind: 'local', path: this.#parts.artifacts.pathOf(output.hash) };
    const other = version === 'latest' ? undefined : await assets.find(name, 'latest');
    const hint = other ? ` Its latest version is ${other.version}.` : ` Register it with pipewright register data --name ${name} --path PATH.`;
    return problem('unknown-asset', `The data asset ${text} is not known here.${hint}`);
  }

  /** What a pipeline has registered by giving an output a name. */
  async #namedOutput(name: string, version: string): Promise<Artifact | undefined> {
    const found = await this.#parts.store.outputs.named(name, version === 'latest' ? null : version);
    return found?.artifact;
  }

  async #address(url: string, { mayFetch }: DataQuestion): Promise<DataPlace> {
    if (!mayFetch) {
      const copy = await this.#parts.downloads.known(url);
      return copy === undefined ? { kind: 'not-fetched', url } : { kind: 'local', path: copy };
    }
    const fetched = await this.#parts.downloads.fetch(url);
    if (!fetched.ok) return problem('missing-file', fetched.message);
    return { kind: 'local', path: fetched.path, ...(fetched.note === undefined ? {} : { note: fetched.note }) };
  }
}

const problem = (code: ProblemCode, message: string): DataPlace => ({ kind: 'problem', code, message });
