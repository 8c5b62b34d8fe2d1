import { rm } from 'node:fs/promises';
import { isAssetName, isAssetVersion } from '@pipewright/shared/asset/asset.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { exportComponent } from '../export/export-folder.ts';
import type { ExportedFile, ExportedFolder, Lack } from '../export/exported-folder.ts';
import { folderOfComponent, placeComponent } from './place-component.ts';
import { digest, nextVersion, refused, refusedAt, taken, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

/** A component with everything that it consists of. */
export async function registerComponent(parts: RegisterParts, text: string, file: string): Promise<RegisterOutcome> {
  const { component: read, problems } = readComponent(text, file);
  if (!read || hasErrors(problems)) return { ok: false, reason: 'wrong', message: `${file} is nothing that can be registered`, problems };
  const { name } = read;
  if (name === undefined) return refusedAt('wrong', 'A component is registered by its name, and it has none.', { text, file, key: 'name' });
  if (!isAssetName(name)) {
    const message = `"${name}" cannot be the name of a component: use letters, digits, dots, dashes and underscores.`;
    return refusedAt('wrong', message, { text, file, key: 'name' });
  }
  const exported = await exportComponent(parts, { text, file });
  if (exported.lacks.length > 0) return withoutParts(file, exported.lacks);
  const component = rootOf(exported);
  const contentHash = hashOf(component, exported);
  const version = component.version ?? nextVersion(await parts.store.registry.components(), name, contentHash);
  if (!isAssetVersion(version))
    return refusedAt('wrong', `"${version}" cannot be a version: it may not hold spaces, colons, slashes or @.`, { text, file, key: 'version' });
  const folder = folderOfComponent(parts.assetsFolder, { name, version, contentHash });
  const existing = await parts.store.registry.component(name, version);
  if (existing && existing.version === version && existing.contentHash !== contentHash) return taken('component', name, version);
  const inTheWay = existing ? null : await placeComponent(exported, folder, parts.assetsFolder);
  if (inTheWay !== null) return refused('wrong', `${file}: ${inTheWay}`);
  const record = {
    name,
    version,
    component: { ...component, version },
    contentHash,
    folder,
    source: 'registered' as const,
    registeredAt: parts.now(),
    by: parts.by,
  };
  const outcome = await parts.store.registry.registerComponent(record);
  if (outcome === 'version-taken') {
    // Another was faster; what lies here by the name of this content is nobody's.
    await rm(folder, { recursive: true, force: true });
    return component.version === undefined ? await registerComponent(parts, text, file) : taken('component', name, version);
  }
  const notes = [...problems.map(({ message }) => message), ...exported.notes];
  return { ok: true, registered: { kind: 'component', name, version, outcome, notes } };
}

function withoutParts(file: string, lacks: readonly Lack[]): RegisterOutcome {
  const problems = lacks.map((lack): Problem => ({ severity: 'error', code: 'missing-file', ...lack, file: lack.file ?? file }));
  return { ok: false, reason: 'wrong', message: `${file}: ${lacks.map(({ message }) => message).join(' ')}`, problems };
}

/** The component as it stands in the folder, with its paths in there. */
function rootOf({ files, root }: ExportedFolder): Component {
  const file = files.get(root);
  const { component } = readComponent(file && 'text' in file ? file.text : '');
  if (!component) throw new Error('Internal error: expected the component to be read as it was before its paths were changed');
  return component;
}

/** By what it says and consists of; comments and the version are no part of it. */
function hashOf(component: Component, { files, root }: ExportedFolder): string {
  const { version: _named, ...content } = component;
  const others = [...files].filter(([path]) => path !== root).map(([path, file]): [string, unknown] => [path, contentOf(file)]);
  return digest(canonicalJson(JSON.parse(JSON.stringify({ content, files: Object.fromEntries(others) }))));
}

function contentOf(file: ExportedFile): unknown {
  if ('text' in file) return { says: readYaml(file.text).value ?? file.text };
  return { hash: file.hash, isExecutable: file.isExecutable };
}
