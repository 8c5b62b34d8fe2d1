import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { lookAt, programFolder, setProgram, type SourceFile } from './program-folder.ts';

// A process of its own: the compiler's memory goes with it.

/** What consists of many small modules; other packages are loaded from where they are. */
const bundled = /^(@pipewright\/shared|zod|zod-openapi|yaml|kysely|diff)(\/|$)/;
/** A server that runs may yet load modules of the program that it was started from. */
const kept = 5;

const root = join(import.meta.dirname, '..', '..', '..');
const sources = new Map<string, SourceFile>();

/** Notes how a module of ours looked before it was read, and leaves it where it thinks that it is. */
const ourModules: Plugin = {
  name: 'our-modules',
  load: {
    filter: { id: { exclude: /\/node_modules\// } },
    handler(id): null {
      sources.set(id, lookAt(root, relative(root, id)));
      return null;
    },
  },
  transform: {
    filter: { id: { exclude: /\/node_modules\// }, code: /import\.meta\./ },
    handler: (code, id) =>
      code.replaceAll('import.meta.dirname', JSON.stringify(dirname(id))).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
  },
};

const installed = ['pnpm-lock.yaml', 'server/package.json', 'shared/package.json'].map((path) => lookAt(root, path));
const name = randomUUID();
const folder = join(programFolder(), name);
const bundle = await rolldown({
  input: join(root, 'server', 'src', 'cli', 'command-line.ts'),
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !bundled.test(id),
  plugins: [ourModules],
});
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await bundle.close();
setProgram(root, join(name, 'command-line.js'), [...installed, ...sources.values()]);
await removeOld();

async function removeOld(): Promise<void> {
  const entries = await readdir(programFolder(), { withFileTypes: true });
  const folders = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async (entry) => {
        const path = join(programFolder(), entry.name);
        return { path, mtimeMs: (await stat(path)).mtimeMs };
      }),
  );
  const old = folders.toSorted((a, b) => b.mtimeMs - a.mtimeMs).slice(kept);
  for (const { path } of old) if (path !== folder) await rm(path, { recursive: true, force: true });
}
