import { isAbsolute, resolve } from 'node:path';
import { parseAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { isLocalPath, plainPath, type NamedPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { dataInputsIn } from '@pipewright/shared/run/data-inputs.ts';
import { lack, type ExportDocument, type ExportOrigin, type ExportParts, type Gathered } from './export-parts.ts';
import { nameOfAsset, type DataAllowance } from './take-along.ts';

/** Takes the data that a document names along, as far as it is small; what is left out is named by where it lies. */
export async function gatherData(
  parts: ExportParts,
  { source, gathered, allowance }: { readonly source: ExportOrigin; readonly gathered: Gathered; readonly allowance: DataAllowance },
  { document, paths }: { readonly document: ExportDocument; readonly paths: readonly NamedPath[] },
): Promise<void> {
  for (const path of paths) {
    if (path.kind !== 'data' || path.value === '' || path.value.includes('${{')) continue;
    if (!gathered.takesNames && !isLocalPath(path.value)) continue;
    const asset = isLocalPath(path.value) ? null : parseAssetReference(path.value);
    if (asset) {
      const found = await parts.store.assets.find(asset.kind ? [asset.kind] : ['data', 'model'], asset.name, asset.at);
      if (!found?.artifact) gathered.notes.add(`The data ${path.value} is a name in this workspace, and not in the folder.`);
      else {
        const taken = await allowance.take(parts.artifacts.pathOf(found.artifact.hash), `The data ${path.value}`);
        if (taken.kind === 'taken') {
          const target = { name: `data/${nameOfAsset(found.name, found.version, found.path ?? found.name)}` };
          gathered.copies.push({ target, files: taken.files });
          document.edits.push({ at: path.at, written: path.value, target });
        } else if (taken.kind === 'missing') lack(gathered, taken.what);
        else gathered.notes.add(taken.note);
      }
      continue;
    }
    if (!isLocalPath(path.value)) {
      if (!/^https?:/i.test(path.value)) gathered.notes.add(`The data ${path.value} is not in the folder.`);
      continue;
    }
    const plain = plainPath(path.value);
    if (document.folder === null && !isAbsolute(plain)) {
      gathered.notes.add(`The data ${path.value} is a relative path, and there is no folder to look in.`);
      continue;
    }
    const from = resolve(document.folder ?? '/', plain);
    const taken = await allowance.take(from, `The data ${path.value}`);
    if (taken.kind === 'missing') {
      lack(gathered, taken.what);
      continue;
    }
    if (taken.kind === 'left') {
      gathered.notes.add(taken.note);
      document.changes.push({ at: path.at, value: from });
      continue;
    }
    const target = { from, isAbsolute: isAbsolute(plain) };
    const pinned = source.snapshot ? dataInputsIn(source.snapshot).find(({ input }) => input.path === from) : undefined;
    if (pinned && pinned.input.hash !== taken.hash) gathered.notes.add(`The data ${path.value} has changed since the run: the folder has it as it is now.`);
    gathered.copies.push({ target, files: taken.files });
    document.edits.push({ at: path.at, written: path.value, target });
  }
}
