import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { spellComponent } from '@pipewright/shared/azure/spellings.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { asRelative, namedReferences, plainPath, withValues, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { dataInputsIn } from '@pipewright/shared/run/data-inputs.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { editComponent, writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { hashFiles } from '../artifacts/hash-tree.ts';
import { readTextFile } from '../read-text-file.ts';
import { ExportLayout, type Target } from './export-layout.ts';
import { notesFile, type ExportedFile, type ExportedFolder } from './exported-folder.ts';
import { isFields, lack, type ExportDocument, type ExportOrigin, type ExportParts, type ExportSource, type Gathered, type RunPlace } from './export-parts.ts';
import { gatherCode } from './gather-code.ts';
import { gatherData } from './gather-data.ts';
import { gatherEnvironments } from './gather-environments.ts';
import { DataAllowance, exportedData, toCopied } from './take-along.ts';

/**
 * A pipeline as a folder that runs as it is, from any place: with its components, those of the pipelines in it, their code,
 * included files and environments, and data that is not large. Texts keep their comments; only paths that lead elsewhere
 * in the folder are written anew.
 */
export async function exportFolder(parts: ExportParts, source: ExportSource): Promise<ExportedFolder> {
  const { content, folder } = source;
  const root: ExportDocument = { target: { name: '' }, path: null, folder, text: '', value: content.document, edits: [], changes: [] };
  const exporter = new Exporter(parts, source, { takesNames: true });
  await exporter.gatherAll(root);
  const write = (changes: readonly Change[]): string => writePipeline({ ...content, document: withValues(content.document, changes) });
  return exporter.assemble(root, { names: ['pipeline.yml', 'main.yml', 'pipeline-exported.yml', 'exported.pipeline.yml'], write });
}

/** A component's file in the same way, as `component.yml`. What has a name in this workspace stays a name. */
export async function exportComponent(parts: ExportParts, { text, file }: { readonly text: string; readonly file: string }): Promise<ExportedFolder> {
  const root = documentOf(text, { path: file, target: { name: '' } });
  const exporter = new Exporter(parts, { folder: dirname(file), file, snapshot: null }, { takesNames: false });
  await exporter.gatherAll(root);
  return exporter.assemble(root, { names: ['component.yml'], write: (changes) => edited(root, changes) });
}

type Inputs = Readonly<Record<string, unknown>>;
/** What is known of the inputs of a component, by its reference. */
type KnownInputs = Map<string, Inputs>;

class Exporter {
  readonly #parts: ExportParts;
  readonly #source: ExportOrigin;
  readonly #gathered: Gathered;
  readonly #allowance: DataAllowance;
  /** What the run has read, by its path. */
  readonly #pinnedData: ReadonlyMap<string, string>;
  /** Components by their file, or by their name in the registry. */
  readonly #visited = new Map<string, { readonly target: Target; readonly inputs: Inputs }>();

  constructor(parts: ExportParts, source: ExportOrigin, { takesNames }: Pick<Gathered, 'takesNames'>) {
    this.#parts = parts;
    this.#source = source;
    this.#gathered = { documents: [], copies: [], notes: new Set(), lacks: new Map(), takesNames };
    // What gets a name here never changes, so none of its data may stay where it lies.
    this.#allowance = new DataAllowance(takesNames ? exportedData : null);
    this.#pinnedData = new Map((source.snapshot ? dataInputsIn(source.snapshot) : []).map(({ input }) => [input.path, input.hash]));
  }

  async gatherAll(root: ExportDocument): Promise<void> {
    await this.#gather(root, { place: { prefix: '', leaf: null, isEnvironmentSaid: false }, pinned: this.#source.snapshot?.components ?? null });
  }

  async #gather(document: ExportDocument, { place, pinned }: { readonly place: RunPlace; readonly pinned: PinnedComponents }): Promise<void> {
    const known: KnownInputs = new Map();
    for (const path of namedReferences(document.value)) {
      if (path.kind === 'component') await this.#component(document, path, { place, pinned, known });
    }
    const typeOf = (step: string, input: string): DataType | undefined => dataTypeOf(document.value, { step, input, known });
    const paths = namedReferences(document.value, (step, input) => typeOf(step, input) !== undefined);
    const gathering = { parts: this.#parts, source: this.#source, gathered: this.#gathered };
    await gatherCode(this.#parts, gathering, { document, paths, place });
    await gatherEnvironments(gathering, { document, paths, place });
    await gatherData({ ...gathering, allowance: this.#allowance, pinned: this.#pinnedData, typeOf }, { document, paths });
  }

  async #component(document: ExportDocument, path: NamedPath, standing: Standing): Promise<void> {
    const reference = parseComponentReference(path.value);
    const found =
      reference.kind === 'registered' ? await this.#registered(path.value) : await this.#file(document, path, { ...standing, plain: plainPath(path.value) });
    if (!found) return;
    standing.known.set(path.value, found.inputs);
    if (found.target) document.edits.push({ at: path.at, written: path.value, target: found.target, ...(found.sub === undefined ? {} : { sub: found.sub }) });
  }

  /** Those that come with the product are everywhere; others go along whole. */
  async #registered(reference: string): Promise<FoundInputs | undefined> {
    const found = await this.#parts.components.find(reference, null);
    if (!found || 'severity' in found) {
      if (this.#gathered.takesNames) this.#gathered.notes.add(`The component ${reference} is not registered here, and not in the folder.`);
      return undefined;
    }
    const { inputs, name, version } = found.component;
    if (found.source !== 'registered' || !this.#gathered.takesNames) return { inputs };
    const target = { name: `components/${name}-${version}` };
    if (!this.#visited.has(target.name)) {
      this.#visited.set(target.name, { target, inputs });
      this.#gathered.copies.push({ target, files: (await hashFiles(found.folder)).map(toCopied) });
    }
    return { inputs, target, sub: 'component.yml' };
  }

  async #file(
    document: ExportDocument,
    { value: reference, step = '', at }: NamedPath,
    standing: Standing & { readonly plain: string },
  ): Promise<FoundInputs | undefined> {
    const { plain, place, pinned } = standing;
    const file = resolve(document.folder ?? '/', plain);
    const visited = this.#visited.get(file);
    if (visited) return visited;
    const use = { document, at, reference };
    const text = await this.#textOf(file, use, { pinned, isPlaced: document.folder !== null || isAbsolute(plain) });
    if (text === undefined || !this.#isUsable(text, file, use)) return undefined;
    const target = { from: file, isAbsolute: isAbsolute(plain) };
    const own = documentOf(text, { path: file, target });
    const found = { target, inputs: isFields(own.value['inputs']) ? own.value['inputs'] : {} };
    this.#visited.set(file, found);
    this.#gathered.documents.push(own);
    const key = `${place.prefix}${step}`;
    const jobs = document.value['jobs'];
    const job = isFields(jobs) ? jobs[step] : undefined;
    await this.#gather(own, {
      place: { prefix: `${key}/`, leaf: key, isEnvironmentSaid: isFields(job) && job['environment'] !== undefined },
      pinned: this.#source.snapshot?.nested?.[key]?.components ?? null,
    });
    return found;
  }

  /** What is taken in by name has to be right; a folder may have mistakes in it. */
  #isUsable(text: string, file: string, { reference, ...place }: Use): boolean {
    if (this.#gathered.takesNames) return true;
    if (file === this.#source.file) lack(this.#gathered, place, { what: `The component ${reference} is a step of itself` });
    const wrong = readComponent(text, file).problems.find(({ severity }) => severity === 'error');
    if (wrong) lack(this.#gathered, place, { what: `The component ${reference} cannot be used: ${wrong.message}` });
    return file !== this.#source.file && wrong === undefined;
  }

  /** The file if it says what was run; else what was run. */
  async #textOf(
    file: string,
    { reference, ...place }: Use,
    { pinned, isPlaced }: { readonly pinned: PinnedComponents; readonly isPlaced: boolean },
  ): Promise<string | undefined> {
    const text = isPlaced ? await readTextFile(file) : null;
    const wanted = pinned?.[reference];
    if (text !== null && (!wanted || canonicalJson(readComponent(text, file).component) === canonicalJson(wanted))) return text;
    if (wanted) {
      this.#gathered.notes.add(`${reference} ${text === null ? 'is no longer there' : 'has changed since the run'}: the folder has it as it was run.`);
      return writeComponent(wanted);
    }
    lack(this.#gathered, place, { what: `The component ${reference} is not there (looked for ${file})` });
    return undefined;
  }

  /** `names`: what the root may be called, unless something else of that name lies beside it. */
  assemble(
    root: ExportDocument,
    { names, write }: { readonly names: readonly string[]; readonly write: (changes: readonly Change[]) => string },
  ): ExportedFolder {
    const { documents, copies, notes, lacks } = this.#gathered;
    const targets = [...copies.map(({ target }) => target), ...documents.map(({ target }) => target)];
    const free = names.find((each) => !this.#isTaken(each));
    const name = free ?? names.at(-1) ?? '';
    // With nothing of its own at the top of the folder it gets in nobody's way.
    const layout = new ExportLayout(free === undefined ? null : this.#source.folder, targets, [name, notesFile]);
    const files = new Map<string, ExportedFile>();
    for (const { target, files: copied } of copies) {
      for (const { name: below, ...file } of copied) {
        const place = join(layout.placeOf(target), below);
        // The root itself, where its folder is code.
        if (file.path !== this.#source.file) files.set(place, file);
      }
    }
    for (const document of documents) {
      const place = layout.placeOf(document.target);
      files.set(place, { text: edited(document, changesOf(document, place, layout)) });
    }
    files.set(name, { text: write(changesOf(root, name, layout)) });
    return { files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))), root: name, notes: [...notes], lacks: [...lacks.values()] };
  }

  #isTaken(name: string): boolean {
    const { folder, file } = this.#source;
    if (folder === null) return false;
    const path = join(folder, name);
    const { documents, copies } = this.#gathered;
    const isThere = (target: Target): boolean => 'from' in target && target.from === path;
    return (
      path !== file &&
      (documents.some(({ target }) => isThere(target)) ||
        copies.some((copy) => isThere(copy.target) || (file !== null && copy.files.some((one) => one.path === path))))
    );
  }
}

function documentOf(text: string, { path, target }: { readonly path: string; readonly target: Target }): ExportDocument {
  const { value } = spellComponent(readYaml(text).value);
  return { target, path, folder: dirname(path), text, value: isFields(value) ? value : {}, edits: [], changes: [] };
}

const edited = ({ text, value }: ExportDocument, changes: readonly Change[]): string =>
  changes.length === 0 ? text : editComponent(text, withValues(value, changes));

type PinnedComponents = Readonly<Record<string, Component>> | null;

/** Where a component is named, and how. */
interface Use {
  readonly document: ExportDocument;
  readonly at: NamedPath['at'];
  readonly reference: string;
}

interface Standing {
  readonly place: RunPlace;
  readonly pinned: PinnedComponents;
  readonly known: KnownInputs;
}

interface FoundInputs {
  readonly inputs: Inputs;
  readonly target?: Target;
  readonly sub?: string;
}

type Change = ExportDocument['changes'][number];

/** What is to be written where, only where it differs. */
function changesOf({ edits, changes }: ExportDocument, place: string, layout: ExportLayout): Change[] {
  const folder = dirname(place);
  const moved = edits.flatMap(({ at, written, target, sub = '' }) => {
    const to = join(layout.placeOf(target), sub);
    const isSame = written !== '' && join(folder, plainPath(written)).replace(/\/$/, '') === to && !isAbsolute(plainPath(written));
    return isSame ? [] : [{ at, value: asRelative(relative(folder, to)) }];
  });
  return [...moved, ...changes];
}

/** What data the component of a step declares an input to be, as far as that is known. */
function dataTypeOf(
  document: Inputs,
  { step, input, known }: { readonly step: string; readonly input: string; readonly known: KnownInputs },
): DataType | undefined {
  const jobs = document['jobs'];
  const use = isFields(jobs) ? jobs[step] : undefined;
  if (!isFields(use)) return undefined;
  const component = use['component'] ?? use['trial'];
  const inputs = typeof component === 'string' ? known.get(component) : isFields(component) && isFields(component['inputs']) ? component['inputs'] : undefined;
  const declared = inputs?.[input];
  return DataType.safeParse(isFields(declared) ? declared['type'] : undefined).data;
}
