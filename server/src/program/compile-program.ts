import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { isHeld } from './held-program.ts';
import { lookAt, programFolder, setProgram, type ListedFile } from './program-folder.ts';

// A process of its own: the compiler's memory goes with it. Given a folder, it compiles into that and nothing else.

/** What consists of many small modules; other packages are loaded from where they are. */
const bundled = /^(@pipewright\/shared|zod|zod-openapi|yaml|kysely|diff)(\/|$)/;
/** The newest stay in any case: another process may compile one, or be starting from one, at this moment. */
const kept = 5;
const keptMs = 24 * 60 * 60 * 1000;

const root = join(import.meta.dirname, '..', '..', '..');
const sources = new Map<string, ListedFile>();
const isOurs = (id: string): boolean => id.startsWith(`${root}/`) && !relative(root, id).includes('node_modules');

/** Notes how a module of ours looked before it was read, and leaves it where it thinks that it is. */
const ourModules: Plugin = {
  name: 'our-modules',
  load(id): null {
    if (isOurs(id)) sources.set(id, lookAt(root, relative(root, id)));
    return null;
  },
  transform(code, id): string | null {
    if (!isOurs(id) || !code.includes('import.meta.')) return null;
    const [folder, address] = [JSON.stringify(dirname(id)), JSON.stringify(pathToFileURL(id).href)];
    return code.replaceAll('import.meta.dirname', () => folder).replaceAll('import.meta.url', () => address);
  },
};

const installed = ['pnpm-lock.yaml', 'server/package.json', 'shared/package.json'].map((path) => lookAt(root, path));
const [given] = process.argv.slice(2);
const folder = given ?? join(programFolder(), randomUUID());
const bundle = await rolldown({
  input: join(root, 'server', 'src', 'cli', 'command-line.ts'),
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !bundled.test(id),
  plugins: [ourModules],
});
const { output } = await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await bundle.close();
if (given === undefined) {
  const made = output.map(({ fileName }) => lookAt(root, relative(root, join(folder, fileName))));
  setProgram(root, join(folder, 'command-line.js'), [...installed, ...sources.values(), ...made]);
  await removeOld();
}

async function removeOld(): Promise<void> {
  const entries = await readdir(programFolder(), { withFileTypes: true });
  const folders = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async (entry) => {
        const path = join(programFolder(), entry.name);
        // Another process may be removing it, too.
        return { path, mtimeMs: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
      }),
  );
  const old = folders
    .toSorted((a, b) => b.mtimeMs - a.mtimeMs)
    .slice(kept)
    .filter(({ mtimeMs }) => mtimeMs < Date.now() - keptMs);
  for (const { path } of old) if (path !== folder && !isHeld(path)) await rm(path, { recursive: true, force: true });
}
