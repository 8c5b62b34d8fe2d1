import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import type { CodeChanges, DeclarationChanges, SaveCode } from '@pipewright/shared/http/component-code.ts';
import { namedPaths, plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { editComponent, writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import { exportComponent } from '../export/export-folder.ts';
import { isWithin } from '../export/export-layout.ts';
import { writeFolder } from '../export/write-folder.ts';
import { codeHolder, filesOfCode, type PlacedComponent } from './component-code.ts';
import { unfinishedIn } from './place-component.ts';
import { registerComponent } from './register-component.ts';
import { refused, type Refused, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

const fileName = 'component.yml';
/** Where a component that had no code gets it. */
const ownCode = './code';

/** The file of a component in a folder with everything that it consists of. */
export type LaidOut = { readonly ok: true; readonly file: string; readonly text: string } | Refused;

/** A component that was thought of here, with the texts of its code. */
export async function registerWithCode(parts: RegisterParts, component: Component, files: CodeChanges): Promise<RegisterOutcome> {
  return await registerIn(parts, async (folder) => await layOutWithCode(parts, folder, { component, files }));
}

/** The next version of a component with other files in its code, or saying other things: what it was stays as it is. */
export async function registerChangedCode(parts: RegisterParts, placed: PlacedComponent, changes: SaveCode): Promise<RegisterOutcome> {
  return await registerIn(parts, async (folder) => await layOutChanged(parts, folder, { placed, changes }));
}

interface WithCode {
  readonly component: Component;
  readonly files: CodeChanges;
}

export async function layOutWithCode(parts: RegisterParts, folder: string, { component, files }: WithCode): Promise<LaidOut> {
  const placed = { component: withCode(component), folder, definition: join(folder, fileName) };
  const wrong = leadingOut(placed) ?? (await changeCode(placed, files, parts));
  if (wrong) return wrong;
  return { ok: true, file: placed.definition, text: writeComponent({ ...placed.component, ...(await codeThatIsThere(placed)) }) };
}

interface Changed {
  readonly placed: PlacedComponent;
  readonly changes: SaveCode;
}

export async function layOutChanged(parts: RegisterParts, folder: string, { placed, changes }: Changed): Promise<LaidOut> {
  const { definition, component } = placed;
  const { files, name, declares } = changes;
  const called = name ?? component.name;
  if (called === undefined || !isAssetName(called))
    return refused('wrong', `"${called ?? ''}" cannot be the name of a component: use letters, digits, dots, dashes and underscores.`);
  if (definition === null) return refused('wrong', 'The component has no file of its own.');
  const exported = await exportComponent(parts, { text: await readFile(definition, 'utf8'), file: definition });
  const [lacking] = exported.lacks;
  if (lacking) return refused('missing', lacking.message);
  await writeFolder(exported, folder);
  const file = join(folder, exported.root);
  const text = await readFile(file, 'utf8');
  const { component: copy } = readComponent(text, file);
  if (!copy) throw new Error('Internal error: expected the component to be read as it was before its paths were changed');
  if (declares?.command !== undefined && copy.type !== 'command') return refused('wrong', `A ${copy.type} component has no command.`);
  const said = { ...declared(declares ?? {}, copy), name: called };
  if (Object.keys(files).length === 0) return { ok: true, file, text: saying(text, said) };
  const changed = { component: withCode(copy), folder, definition: file };
  const wrong = await changeCode(changed, files, parts);
  return wrong ?? { ok: true, file, text: saying(text, { ...said, ...(await codeThatIsThere(changed)) }) };
}

/** The file saying other things, and without a version: it gets the next one. What is undefined is not said any more. */
function saying(text: string, changes: Readonly<Record<string, unknown>>): string {
  const { version: _old, ...fields } = { ...Object(readYaml(text).value), ...changes } as Record<string, unknown>;
  return editComponent(text, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

/** The keys of a component's file that say it. */
function declared({ environment, ...others }: DeclarationChanges, component: Component): Readonly<Record<string, unknown>> {
  if (environment === undefined) return others;
  const { environment: _before, ...task } = component.type === 'parallel' ? component.task : {};
  if (component.type === 'parallel') return { ...others, task: environment === null ? task : { ...task, environment } };
  return { ...others, environment: environment ?? undefined };
}

/** Where nothing is said of code, there is a place for it. */
function withCode(component: Component): Component {
  if (component.type === 'pipeline' || component.type === 'parallel' || component.code) return component;
  return { ...component, code: ownCode };
}

/** Where its code lies now: a folder without files would not be kept, and is said no more. What has its code elsewhere says it as before. */
async function codeThatIsThere({ component, folder }: PlacedComponent): Promise<{ code?: string | undefined }> {
  if (component.type === 'pipeline' || component.type === 'parallel' || !component.code) return {};
  const place = resolve(folder, plainPath(component.code));
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return { code: entries.every((entry) => entry.isDirectory()) ? undefined : component.code };
}

/** What it is made of lies with it, so that nothing else of this machine is taken along. */
function leadingOut({ component, folder }: Pick<PlacedComponent, 'component' | 'folder'>): Refused | null {
  const out = namedPaths(component).find(({ kind, value }) => kind !== 'data' && !isWithin(resolve(folder, plainPath(value)), folder));
  return out ? refused('wrong', `${out.value} leads out of the folder of the component, and its files are written in there. Name a path below it.`) : null;
}

/** Writes and removes files of a component that is being made in a folder of its own; what is wrong with that, if anything. */
async function changeCode(placed: PlacedComponent, changes: CodeChanges, { artifacts }: Pick<RegisterParts, 'artifacts'>): Promise<Refused | null> {
  const { code } = codeHolder(placed.component);
  if (!code) return refused('wrong', 'The component has no folder for code.');
  const folder = resolve(placed.folder, plainPath(code));
  if (!isWithin(folder, placed.folder)) return refused('wrong', `The code ${code} lies outside the folder of the component, where nothing is changed.`);
  const info = await stat(folder).catch(() => null);
  if (info && !info.isDirectory()) return refused('wrong', `Its code is the one file ${code}, to which none can be added.`);
  await mkdir(folder, { recursive: true });
  const there = new Map((await filesOfCode(placed, artifacts)).map(({ name, path, isExecutable }) => [name, { path, isExecutable }]));
  for (const [name, text] of Object.entries(changes)) {
    const known = there.get(name);
    const path = known?.path ?? resolve(folder, name);
    if (!isWithin(path, placed.folder) || path === placed.definition) return refused('wrong', `${name} cannot be a file of the code.`);
    if (text === null) {
      await rm(path, { force: true });
      continue;
    }
    const isInTheWay = await mkdir(dirname(path), { recursive: true }).then(
      async () => (await stat(path).catch(() => null))?.isDirectory() === true,
      () => true,
    );
    if (isInTheWay) return refused('wrong', `${name} cannot be written: there is a file or a folder of that name already.`);
    await writeFile(path, text);
    await chmod(path, known?.isExecutable === true ? 0o755 : 0o644);
  }
  return null;
}

async function registerIn(parts: RegisterParts, layOut: (folder: string) => Promise<LaidOut>): Promise<RegisterOutcome> {
  const folder = join(unfinishedIn(parts.assetsFolder), randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    const laidOut = await layOut(folder);
    return laidOut.ok ? await registerComponent(parts, laidOut.text, laidOut.file) : laidOut;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
