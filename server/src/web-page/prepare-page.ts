import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles, hashOfTree } from '../artifacts/hash-tree.ts';
import { isThere } from '../is-there.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const page = join(root, 'web', 'dist');
const stampFile = join(page, '.built-from');

/** What the page is built from. */
const folders = ['web/src', 'shared/src'];
const files = ['web/index.html', 'web/vite.config.ts', 'web/package.json', 'shared/package.json', 'pnpm-lock.yaml'];

export type PreparedPage = { readonly ok: true; readonly folder: string; readonly isNew: boolean } | { readonly ok: false; readonly message: string };

/** Builds the page when what it is built from has changed; otherwise it only looks. */
export async function preparePage(): Promise<PreparedPage> {
  const stamp = await currentStamp();
  const built = await readFile(stampFile, 'utf8').catch(() => null);
  if (built === stamp && (await isThere(join(page, 'index.html')))) return { ok: true, folder: page, isNew: false };
  process.stderr.write('Building the page…\n');
  const failed = await build();
  if (failed !== null) return { ok: false, message: `The page could not be built: ${failed}` };
  await writeFile(stampFile, stamp);
  return { ok: true, folder: page, isNew: true };
}

async function currentStamp(): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of folders) digest.update(hashOfTree(await hashFiles(join(root, folder), { ignore: async () => (name) => /\.test\.tsx?$/.test(name) })));
  for (const file of files) digest.update(await readFile(join(root, file)));
  return digest.digest('hex');
}

async function build(): Promise<string | null> {
  const vite = join(root, 'web', 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'web'), stdio: ['ignore', 'inherit', 'inherit'] });
  const { promise, resolve } = Promise.withResolvers<string | null>();
  child.once('error', (error) => resolve(error.message));
  child.once('exit', (code) => resolve(code === 0 ? null : `Vite ended with ${code}`));
  return await promise;
}
