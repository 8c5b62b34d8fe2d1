import { isAbsolute, resolve } from 'node:path';
import { parseAssetReference, type AssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { kindsOf } from '@pipewright/shared/asset/kinds-of.ts';
import type { DataType } from '@pipewright/shared/component/port-type.ts';
import { isLocalPath, plainPath, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { nameOfFile } from '../assets/name-of-file.ts';
import { lack, type ExportDocument, type ExportParts, type Gathered } from './export-parts.ts';
import type { DataAllowance } from './take-along.ts';

interface DataGathering {
  readonly parts: ExportParts;
  readonly gathered: Gathered;
  readonly allowance: DataAllowance;
  /** What a run has read, by its path. */
  readonly pinned: ReadonlyMap<string, string>;
  /** What the input of a step is declared to take. */
  readonly typeOf: (step: string, input: string) => DataType | undefined;
}

/** Takes the data that a document names along. What a folder leaves out is named by where it lies; what gets a name leaves nothing out. */
export async function gatherData(
  gathering: DataGathering,
  { document, paths }: { readonly document: ExportDocument; readonly paths: readonly NamedPath[] },
): Promise<void> {
  for (const path of paths) {
    if (path.kind !== 'data' || path.value === '' || path.value.includes('${{')) continue;
    if (isLocalPath(path.value)) await takePath(gathering, document, path);
    else if (gathering.gathered.takesNames) {
      const asset = parseAssetReference(path.value);
      if (asset) await takeAsset(gathering, document, { ...path, asset });
      else if (!/^https?:/i.test(path.value)) gathering.gathered.notes.add(`The data ${path.value} is not in the folder.`);
    }
  }
}

async function takeAsset(gathering: DataGathering, document: ExportDocument, path: NamedPath & { readonly asset: AssetReference }): Promise<void> {
  const { parts, gathered, allowance } = gathering;
  const { at, value, asset } = path;
  const found = await parts.store.assets.find(kindsOf(asset, typeWanted(gathering, path)), asset.name, asset.at);
  if (!found?.artifact) {
    gathered.notes.add(`The data ${value} is a name in this workspace, and not in the folder.`);
    return;
  }
  const taken = await allowance.take(parts.artifacts.pathOf(found.artifact.hash), `The data ${value}`);
  if (taken.kind === 'taken') {
    const target = { name: `${found.kind === 'model' ? 'models' : 'data'}/${found.name}-${found.version}/${await nameOfFile(parts.store.assets, found)}` };
    gathered.copies.push({ target, files: taken.files });
    document.edits.push({ at, written: value, target });
  } else if (taken.kind === 'missing') lack(gathered, { document, at }, { what: taken.what });
  else gathered.notes.add(taken.note);
}

/** The same that a run goes by: what is said beside the name, or else what the step's component takes there. */
function typeWanted({ typeOf }: DataGathering, { type, step, at }: NamedPath): string | undefined {
  const [, , section, input] = at;
  return type ?? (step !== undefined && section === 'inputs' ? typeOf(step, String(input)) : undefined);
}

async function takePath({ gathered, allowance, pinned }: DataGathering, document: ExportDocument, { at, value }: NamedPath): Promise<void> {
  const plain = plainPath(value);
  if (document.folder === null && !isAbsolute(plain)) {
    gathered.notes.add(`The data ${value} is a relative path, and there is no folder to look in.`);
    return;
  }
  const from = resolve(document.folder ?? '/', plain);
  const taken = await allowance.take(from, `The data ${value}`);
  if (taken.kind === 'missing') lack(gathered, { document, at }, { what: taken.what });
  else if (taken.kind === 'unreadable' && !gathered.takesNames) lack(gathered, { document, at }, { what: taken.note });
  else if (taken.kind !== 'taken') {
    gathered.notes.add(taken.note);
    document.changes.push({ at, value: from });
  } else {
    const target = { from, isAbsolute: isAbsolute(plain) };
    if (pinned.has(from) && pinned.get(from) !== taken.hash) gathered.notes.add(`The data ${value} has changed since the run: the folder has it as it is now.`);
    gathered.copies.push({ target, files: taken.files });
    document.edits.push({ at, written: value, target });
  }
}
