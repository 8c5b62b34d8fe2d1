import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { contentOf, type DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { ImportedDraft, MissingPart } from '@pipewright/shared/http/imports.ts';
import { namedPaths, plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import type { CodeRules } from '../artifacts/code-rules.ts';
import { nameOfDraft, type DraftService } from '../drafts/draft-service.ts';
import { isWithin } from '../export/export-layout.ts';
import { asValidation } from '../resolve/as-validation.ts';
import { readPipelineFile } from '../resolve/read-pipeline-file.ts';
import type { DraftRecord } from '../store/store.ts';
import { readTextFile } from '../read-text-file.ts';
import { addFiles, type AddFilesOutcome } from './add-files.ts';
import { ArchiveError, type ImportRules } from './archive-error.ts';
import { PartsCheck, type CheckedParts } from './check-parts.ts';
import { findPipelines } from './find-pipelines.ts';
import { unpackZip } from './unpack-zip.ts';

interface ImportParts {
  readonly drafts: DraftService;
  /** `imports/` in the data folder: what was brought, and not named where it lies. */
  readonly importsFolder: string;
  readonly rules: ImportRules;
  readonly codeRules: CodeRules;
  readonly whyNotFetched: (url: string) => string | null;
}

interface ImportOptions {
  /** What the draft is called, where it is one. */
  readonly name?: string | undefined;
  readonly by: string;
  readonly mostPipelines?: number;
}

export type ImportOutcome =
  | { readonly ok: true; readonly items: readonly ImportedDraft[] }
  | { readonly ok: false; readonly kind: 'missing' | 'wrong'; readonly message: string; readonly problems: readonly Problem[] };

/** A pipeline that was read and looked at, and of which no draft was made yet. */
interface Checked {
  readonly file: string;
  readonly content: DraftContent;
  readonly folder: string;
  readonly problems: readonly Problem[];
  readonly missing: readonly MissingPart[];
  readonly show: Show;
  readonly isBrought: boolean;
}

/** What a file is called for the person who imports it. */
type Show = (file: string) => string;

interface Place {
  readonly root: string | null;
  readonly show: Show;
  readonly isBrought: boolean;
}

/** Why no draft is made: the text cannot be understood, or it is not to be trusted. Anything else is mended in the designer. */
const refusing: ReadonlySet<Problem['code']> = new Set([
  'yaml-syntax',
  'not-a-pipeline',
  'invalid-value',
  'invalid-key',
  'invalid-component',
  'reserved-name',
  'unreadable-files',
  'leaves-folder',
  'changed-meanwhile',
  'forbidden-address',
  'contains-itself',
]);
const isRefusing = ({ severity, code }: Problem): boolean => severity === 'error' && refusing.has(code);

/** Makes drafts of files, folders, archives and texts: of all that were named, or, if one of them is refused, of none. */
export class ImportService {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** YAML files and folders stay where they are; archives are unpacked. */
  async files(paths: readonly string[], options: ImportOptions): Promise<ImportOutcome> {
    const made: string[] = [];
    return await this.#orNothing(made, async () => {
      const checked: Checked[] = [];
      for (const path of paths) {
        const kind = await kindOf(path);
        if (kind === 'missing') return refused('missing', `The file ${path} does not exist or cannot be read`);
        const wrong = await this.#collect(checked, kind === 'archive' ? await this.#unpacked(path, made, path) : await placeOf(path, kind));
        if (wrong) return wrong;
      }
      return await this.#create(checked, options);
    });
  }

  /** What came over the network and lies in a file of our own. */
  async archive(path: string, options: ImportOptions): Promise<ImportOutcome> {
    const made: string[] = [];
    return await this.#orNothing(made, async () => {
      const checked: Checked[] = [];
      return (await this.#collect(checked, await this.#unpacked(path, made, null))) ?? (await this.#create(checked, options));
    });
  }

  /** Put so deep that paths which lead up from it have a place in its folder, too. */
  async text(text: string, { fileName = 'pipeline.yml', ...options }: ImportOptions & { readonly fileName?: string | undefined }): Promise<ImportOutcome> {
    const made: string[] = [];
    return await this.#orNothing(made, async () => {
      const name = basename(fileName.replaceAll('\\', '/')) || 'pipeline.yml';
      const root = await this.#fresh(made);
      const folder = join(root, ...Array.from({ length: levelsUp(text) }, (_none, index) => `level-${index + 1}`));
      await mkdir(folder, { recursive: true });
      const file = join(folder, name);
      await writeFile(file, text);
      const checked: Checked[] = [];
      const place = { files: [file], root, isBrought: true, show: (path: string) => (path === file ? name : relative(folder, path)) };
      return (await this.#collect(checked, place)) ?? (await this.#create(checked, options));
    });
  }

  /** More files for a draft that was brought, from an archive. */
  async addTo(draft: DraftRecord, archive: string): Promise<AddFilesOutcome<ImportedDraft>> {
    const { importsFolder, rules } = this.#parts;
    const file = draft.from?.startsWith('file:') ? draft.from.slice('file:'.length) : null;
    const root = draft.folder === null ? null : this.#rootOf(draft.folder);
    if (root === null || file === null) return { ok: false, message: 'The draft names files where they lie: put what is missing there.' };
    const folder = draft.folder ?? root;
    const look = async (): Promise<Checked> => {
      const checked: Checked[] = [];
      const wrong = await this.#collect(checked, { files: [file], root, isBrought: true, show: (path) => relative(folder, path) });
      const [only] = checked;
      if (wrong || !only) throw new ArchiveError(wrong?.problems[0]?.message ?? 'The pipeline of the draft cannot be read any more.');
      return only;
    };
    const before = await look();
    const scratch = join(importsFolder, `.adding-${randomUUID()}`);
    const added = await addFiles({ archive, root, folder, scratch, rules, missing: before.missing, check: async () => (await look()).missing });
    return added.ok ? { ok: true, value: toItem(await look(), draft) } : added;
  }

  #rootOf(folder: string): string | null {
    const { importsFolder } = this.#parts;
    if (!isWithin(folder, importsFolder) || folder === importsFolder) return null;
    return join(importsFolder, relative(importsFolder, folder).split('/')[0] ?? '');
  }

  async #orNothing(made: readonly string[], work: () => Promise<ImportOutcome>): Promise<ImportOutcome> {
    let isDone = false;
    try {
      const outcome = await work();
      isDone = outcome.ok;
      return outcome;
    } catch (error) {
      if (error instanceof ArchiveError) return refused('wrong', error.message);
      throw error;
    } finally {
      if (!isDone) for (const folder of made) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async #fresh(made: string[]): Promise<string> {
    const root = join(this.#parts.importsFolder, randomUUID().slice(0, 13));
    await mkdir(root, { recursive: true });
    made.push(root);
    return root;
  }

  async #unpacked(archive: string, made: string[], shown: string | null): Promise<Place & { readonly files: readonly string[] }> {
    const root = await this.#fresh(made);
    await unpackZip(archive, root, this.#parts.rules).catch((error: unknown) => {
      throw error instanceof ArchiveError && shown !== null ? new ArchiveError(`${shown}: ${error.message}`) : error;
    });
    const show: Show = (path) => (isWithin(path, root) ? join(shown ?? '', relative(root, path)) : path);
    return { files: await findPipelines(root), root, show, isBrought: true };
  }

  async #collect(
    checked: Checked[],
    { files, ...place }: Place & { readonly files: readonly string[] },
  ): Promise<Extract<ImportOutcome, { ok: false }> | null> {
    for (const file of files) {
      const outcome = await this.#look(file, place);
      if ('ok' in outcome) return outcome;
      checked.push(outcome);
    }
    return null;
  }

  async #look(file: string, place: Place): Promise<Checked | Extract<ImportOutcome, { ok: false }>> {
    const { root, show } = place;
    const check = new PartsCheck({ root, rules: this.#parts.codeRules, whyNotFetched: this.#parts.whyNotFetched });
    const text = await readTextFile(file);
    const read = text === null ? null : await readPipelineFile(file);
    if (text === null || !read) return refused('missing', `The file ${file} does not exist or cannot be read`);
    check.noteRead(file, text);
    const { content: bare, folder, locate, text: writtenIn } = read;
    const content = bare && contentOf({ ...bare, text: writtenIn });
    if (!content) return refused('wrong', `${show(file)} is not a pipeline that can be read`, shown(read.problems, show));
    if (root !== null && !isWithin(folder, root)) return refused('wrong', `${show(file)} names a pipeline that lies outside of what is imported`);
    const parts = await check.check({ value: content.document, file, folder, locate, definition: null });
    const found = asValidation(locate(await this.#parts.drafts.check({ ...content, folder })));
    const all = withoutRepeats([...read.problems, ...parts.problems, ...withoutEchoes(found, { parts, file }), ...(await check.changedMeanwhile())]);
    const problems = shown(all, show);
    if (all.some(isRefusing)) return refused('wrong', `${show(file)} is not imported`, problems);
    const missing = parts.missing.map((part) => ({ ...part, file: show(part.file) }));
    return { file, content, folder, problems, missing, show, isBrought: place.isBrought };
  }

  async #create(checked: readonly Checked[], { name, by, mostPipelines = Infinity }: ImportOptions): Promise<ImportOutcome> {
    const names = checked.map(({ file, show }) => show(file)).join(', ');
    if (checked.length > mostPipelines)
      return refused('wrong', `There are ${checked.length} pipelines in it (${names}): name one of them, or use /api/imports`);
    if (name !== undefined && checked.length > 1)
      return refused('wrong', `There are ${checked.length} pipelines in it (${names}), so they cannot all be called ${name}: name one of them`);
    const items: ImportedDraft[] = [];
    for (const one of checked) {
      const { content, folder, file } = one;
      const document = name === undefined ? content.document : { ...content.document, display_name: name };
      items.push(toItem(one, await this.#parts.drafts.create({ ...content, document, folder, from: `file:${file}`, by })));
    }
    return { ok: true, items };
  }
}

function toItem({ file, problems, missing, show, isBrought }: Checked, draft: DraftRecord): ImportedDraft {
  return { id: draft.id, name: nameOfDraft(draft), file: show(file), problems: [...problems], missing: [...missing], canAddFiles: isBrought };
}

const refused = (kind: 'missing' | 'wrong', message: string, problems: readonly Problem[] = []): Extract<ImportOutcome, { ok: false }> => ({
  ok: false,
  kind,
  message,
  problems,
});

const shown = (problems: readonly Problem[], show: Show): Problem[] =>
  problems.map((problem) => (problem.file === undefined ? problem : { ...problem, file: show(problem.file) }));

/** Of components that are known to be missing or broken, the rules say the same once more. */
function withoutEchoes(found: readonly Problem[], { parts, file }: { readonly parts: CheckedParts; readonly file: string }): Problem[] {
  const isBroken = parts.problems.some((problem) => problem.severity === 'error' && problem.file !== undefined && problem.file !== file);
  const isMissing = ({ line, file: at = file }: Problem): boolean => parts.missing.some((part) => part.line === line && part.file === at);
  return found.filter((problem) => !(problem.code === 'missing-component' && isMissing(problem)) && !(isBroken && problem.code === 'invalid-component'));
}

/** What the parts and the rules both found. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, file, line, column, message }) => {
    const key = JSON.stringify([code, file, line, column, message]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

async function placeOf(path: string, kind: 'file' | 'folder'): Promise<Place & { readonly files: readonly string[] }> {
  const full = resolve(path);
  if (kind === 'file') return { files: [full], root: null, show: (file) => file, isBrought: false };
  return { files: await findPipelines(full), root: full, show: (file) => file, isBrought: false };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'archive' | 'missing'> {
  const info = await stat(path).catch(() => null);
  if (!info) return 'missing';
  if (info.isDirectory()) return 'folder';
  if (!info.isFile()) return 'missing';
  const file = await open(path, 'r').catch(() => null);
  if (!file) return 'missing';
  const start = Buffer.alloc(4);
  await file.read(start, 0, 4, 0).finally(async () => await file.close());
  return start.toString('latin1').startsWith('PK') ? 'archive' : 'file';
}

const mostLevels = 8;

/** How far up the paths in a text lead that is not in any folder yet. */
function levelsUp(text: string): number {
  const { content } = readPipeline(text);
  // What its components take for paths is not known yet.
  const levels = namedPaths(content?.document ?? null, () => true).map(({ value }) => /^(?:\.\/)*((?:\.\.\/)*)/.exec(plainPath(value))?.[1]?.length ?? 0);
  return Math.min(Math.max(0, ...levels) / 3, mostLevels);
}
