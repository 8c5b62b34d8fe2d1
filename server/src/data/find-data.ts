import { isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AssetOrigin, AssetPin } from '@pipewright/shared/asset/asset.ts';
import {
  parseAssetReference,
  parseDatastoreUri,
  parseRunOutputUri,
  type AssetReference,
  type RunOutputReference,
} from '@pipewright/shared/asset/asset-reference.ts';
import { parseLoggedAddress } from '@pipewright/shared/asset/logged-address.ts';
import { kindsOf } from '@pipewright/shared/asset/kinds-of.ts';
import type { Problem, ProblemCode } from '@pipewright/shared/graph/problem.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { nameOfFile } from '../assets/name-of-file.ts';
import { saysWhichVersion } from '../assets/says-which-version.ts';
import { whyUnknown } from '../assets/why-unknown.ts';
import type { Downloads } from './downloads.ts';

/** Where the data is that a path names. */
export type DataPlace =
  | {
      readonly kind: 'local';
      readonly path: string;
      readonly note?: string;
      /** What the file is called that lies there under its hash. */
      readonly fileName?: string;
      /** The version that its name has come to. */
      readonly asset?: AssetPin;
      /** Which version that is, and whether it is archived. */
      readonly said?: readonly Problem[];
      /** The output of a run that it is. */
      readonly origin?: AssetOrigin;
    }
  /** It is fetched when the pipeline is run. */
  | { readonly kind: 'not-fetched'; readonly url: string; readonly asset?: AssetPin; readonly said?: readonly Problem[] }
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly message: string };

/** What clients of MLflow have logged: the model of a run, `runs:/RUN/PATH`, or one that is named by its own id, `models:/m-ID`. */
export interface LoggedPlaces {
  find(address: string): Promise<LoggedPlace>;
}

export type LoggedPlace =
  { readonly kind: 'local'; readonly path: string; readonly origin: AssetOrigin | null } | { readonly kind: 'problem'; readonly message: string };

export interface DataFinderParts {
  readonly config: Pick<Config, 'home' | 'datastores' | 'urls'>;
  readonly store: Pick<Store, 'assets' | 'runs'>;
  readonly artifacts: Pick<ArtifactStore, 'pathOf'>;
  readonly downloads: Downloads;
  readonly logged: LoggedPlaces;
}

export interface DataQuestion {
  /** Relative paths are resolved against it. */
  readonly folder: string | null;
  /** Whether what lies behind an address may be fetched now. */
  readonly mayFetch: boolean;
  /** Of the input: a name may be that of data and of a model. */
  readonly type?: string;
}

/**
 * Finds what the path of a data input means: a file or folder, `azureml:NAME:VERSION`, `models:/NAME/VERSION`, a datastore, an
 * output of a run, what a client of MLflow has logged, or an address, each as `config.yml` maps it.
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
    if (inStore) return this.#inDatastore(inStore.datastore, inStore.path);
    const ofRun = parseRunOutputUri(path);
    if (ofRun) return await this.#ofRun(path, ofRun);
    const logged = parseLoggedAddress(path);
    if (logged?.kind === 'wrong') return problem('unknown-asset', logged.message);
    if (logged && logged.kind !== 'version') return placeOf(await this.#parts.logged.find(path));
    const asset = logged ? logged.reference : parseAssetReference(path);
    if (asset) return await this.#asset(path, asset, { question, depth });
    if (/^https?:\/\//i.test(path)) return await this.#address(path, question);
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1];
    if (scheme !== undefined || path.startsWith('azureml:')) {
      return problem(
        'missing-file',
        `${path} is not on this machine. Say in config.yml under urls where ${scheme ?? 'azureml'} addresses lie, or give the path of the file.`,
      );
    }
    if (path.startsWith('file:')) return await this.find(path.slice('file:'.length), question, depth + 1);
    if (isAbsolute(path)) return { kind: 'local', path };
    if (question.folder === null) return problem('missing-file', `${path} is a relative path, but the pipeline has no folder to look in. Give the whole path.`);
    return { kind: 'local', path: resolve(question.folder, path) };
  }

  /** Where an output is to be written that is given this path: in a folder of this machine. */
  target(path: string, folder: string | null): DataPlace {
    const mapped = this.#mapped(path);
    if (mapped !== null && mapped !== path) return this.target(mapped, null);
    const inStore = parseDatastoreUri(path);
    if (inStore) return this.#inDatastore(inStore.datastore, inStore.path);
    const plain = path.startsWith('file://') ? fileURLToPath(path) : path;
    if (plain.includes('\0')) return problem('invalid-output-path', 'The path of the output holds a NUL byte.');
    if (/^([a-z][a-z0-9+.-]*):/i.test(plain)) {
      return problem('invalid-output-path', `Nothing can be written to ${path} from here. Say in config.yml under urls which folder it is, or give a path.`);
    }
    if (isAbsolute(plain)) return { kind: 'local', path: plain };
    if (folder === null) return problem('invalid-output-path', `${path} is a relative path, but the pipeline has no folder to look in. Give the whole path.`);
    return { kind: 'local', path: resolve(folder, plain) };
  }

  #mapped(path: string): string | null {
    const rule = this.#parts.config.urls?.find(({ from }) => path.startsWith(from));
    if (!rule) return null;
    const rest = path.slice(rule.from.length).replace(/^\/+/, '');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rule.to)) return `${rule.to.replace(/\/+$/, '')}/${rest}`;
    return join(rule.to, rest);
  }

  #inDatastore(datastore: string, path: string): DataPlace {
    const folder = this.#parts.config.datastores?.[datastore] ?? join(this.#parts.config.home, 'datastores', datastore);
    const full = resolve(folder, path);
    if (full !== resolve(folder) && !full.startsWith(`${resolve(folder)}${sep}`))
      return problem('missing-file', `${path} leads out of the datastore ${datastore}.`);
    return { kind: 'local', path: full };
  }

  async #ofRun(text: string, { run, step, output, path }: RunOutputReference): Promise<DataPlace> {
    const record = /^\d+$/.test(run) ? await this.#parts.store.runs.get(RunId.parse(run)) : undefined;
    if (!record) return problem('unknown-asset', `${text}: there is no run ${run} here.`);
    if (step !== undefined && !record.steps.some(({ key }) => key === step)) return problem('unknown-asset', `${text}: run ${run} has no step ${step}.`);
    const port = step === undefined ? record.snapshot.outputs[output] : { step, output };
    const row = port && record.steps.find(({ key }) => key === port.step);
    const outputs = row && (row.status === 'completed' || row.status === 'reused') ? row.outputs : {};
    const artifact = port && Object.hasOwn(outputs, port.output) ? outputs[port.output] : undefined;
    if (!port || !artifact) {
      const names = Object.keys(step === undefined ? record.snapshot.outputs : outputs).join(', ') || 'none';
      const what = step === undefined ? `run ${run}` : `${step} of run ${run}`;
      return problem('unknown-asset', `${text}: ${what} has no output ${output}. Its outputs: ${names}.`);
    }
    const origin = { run, step: port.step, port: port.output };
    return { kind: 'local', path: resolve(this.#parts.artifacts.pathOf(artifact.hash), path), origin };
  }

  async #asset(text: string, reference: AssetReference, { question, depth }: { readonly question: DataQuestion; readonly depth: number }): Promise<DataPlace> {
    const { assets } = this.#parts.store;
    const { name, at } = reference;
    const kinds = kindsOf(reference, question.type);
    const asset = await assets.find(kinds, name, at);
    const newest = async (): Promise<string | undefined> => (await assets.find(kinds, name, { label: 'latest' }))?.version;
    if (!asset) return problem('unknown-asset', await whyUnknown(assets, text, { ...reference, kinds }));
    const { kind, version, archivedAt, artifact } = asset;
    const place: DataPlace = artifact
      ? { kind: 'local', path: this.#parts.artifacts.pathOf(artifact.hash), ...(artifact.isFolder ? {} : { fileName: await nameOfFile(assets, asset) }) }
      : await this.find(asset.path ?? '', question, depth + 1);
    if (place.kind === 'problem') return place;
    return { ...place, asset: { kind, name, version }, said: await saysWhichVersion(text, { kind, name, version, archivedAt, newest }) };
  }

  async #address(url: string, { mayFetch }: DataQuestion): Promise<DataPlace> {
    const why = this.#parts.downloads.whyNot(url);
    if (why !== null) return problem('forbidden-address', why);
    if (!mayFetch) {
      const copy = await this.#parts.downloads.known(url);
      if (copy === undefined) return { kind: 'not-fetched', url };
      return {
        kind: 'local',
        path: copy,
        said: [{ severity: 'note', code: 'fetched-before', message: `${url} is taken as it was fetched last: a run asks whether it has changed.` }],
      };
    }
    const fetched = await this.#parts.downloads.fetch(url);
    if (!fetched.ok) return problem('missing-file', fetched.message);
    return { kind: 'local', path: fetched.path, ...(fetched.note === undefined ? {} : { note: fetched.note }) };
  }
}

function placeOf(logged: LoggedPlace): DataPlace {
  if (logged.kind === 'problem') return problem('unknown-asset', logged.message);
  const { path, origin } = logged;
  return { kind: 'local', path, ...(origin === null ? {} : { origin }) };
}

const problem = (code: ProblemCode, message: string): DataPlace => ({ kind: 'problem', code, message });
