import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAssetVersion } from '@pipewright/shared/asset/asset.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import { bundleComponent, BundleError, type Bundle } from './bundle-component.ts';
import { digest, nextVersion, refused, taken, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

/** A component with everything that it consists of. */
export async function registerComponent(parts: RegisterParts, text: string, file: string): Promise<RegisterOutcome> {
  const { component, problems } = readComponent(text, file);
  if (!component || hasErrors(problems)) return { ok: false, reason: 'wrong', message: `${file} is nothing that can be registered`, problems };
  const { name } = component;
  if (name === undefined) return refused('wrong', `${file}: a component is registered by its name, and it has none.`);
  try {
    const bundle = await bundleComponent(parts, { component, folder: dirname(file), definition: file });
    const contentHash = hashOf(bundle);
    const version = component.version ?? nextVersion(await parts.store.registry.components(), name, contentHash);
    if (!isAssetVersion(version)) return refused('wrong', `${file}: "${version}" cannot be a version: it may not hold spaces, colons, slashes or @.`);
    const folder = join(parts.assetsFolder, 'components', name, version);
    const existing = await parts.store.registry.component(name, version);
    if (existing && existing.version === version && existing.contentHash !== contentHash) return taken('component', name, version);
    if (!existing) await place(parts, { ...bundle, component: { ...bundle.component, version } }, folder);
    const record = {
      name,
      version,
      component: { ...bundle.component, version },
      contentHash,
      folder,
      source: 'registered' as const,
      registeredAt: parts.now(),
      by: parts.by,
    };
    const outcome = await parts.store.registry.registerComponent(record);
    if (outcome === 'version-taken') return taken('component', name, version);
    return { ok: true, registered: { kind: 'component', name, version, outcome, notes: problems.map(({ message }) => message) } };
  } catch (error) {
    if (error instanceof BundleError) return refused('wrong', `${file}: ${error.message}`);
    throw error;
  }
}

function hashOf({ component, files }: Bundle): string {
  const { version: _named, ...content } = component;
  return digest(canonicalJson({ content: JSON.parse(JSON.stringify(content)), files: Object.fromEntries(files) }));
}

/** Into a folder of its own first: a half-copied component is never found. */
async function place(
  { artifacts }: RegisterParts,
  { component, files }: { readonly component: Component; readonly files: Bundle['files'] },
  folder: string,
): Promise<void> {
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const [path, file] of files) {
    const target = join(fresh, path);
    await mkdir(dirname(target), { recursive: true });
    if ('text' in file) await writeFile(target, file.text);
    else await cp(artifacts.pathOf(file.code), target, { recursive: true });
  }
  await writeFile(join(fresh, 'component.yml'), writeComponent(component));
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}
