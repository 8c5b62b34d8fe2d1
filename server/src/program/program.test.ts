import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { holdProgram, isHeld } from './held-program.ts';
import { findProgram, lookAt, programFolder, setProgram } from './program-folder.ts';

const entryOf = (root: string): string => join(programFolder(root), 'one', 'main.js');

async function compiledTree(): Promise<string> {
  const root = await tempFolder();
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'src', 'a file.ts'), 'a');
  await writeFile(join(root, 'src', 'b.ts'), 'b');
  await mkdir(join(programFolder(root), 'one'), { recursive: true });
  await writeFile(join(programFolder(root), 'one', 'main.js'), '');
  setProgram(root, entryOf(root), [lookAt(root, 'src/a file.ts'), lookAt(root, 'src/b.ts'), lookAt(root, 'server/dist/one/main.js')]);
  return root;
}

describe('the program', () => {
  it('is run while its sources are what they were', async () => {
    const root = await compiledTree();
    expect(findProgram(root)).toBe(entryOf(root));
  });

  it.each<[string, (root: string) => Promise<void>]>([
    ['a source is longer', async (root) => await writeFile(join(root, 'src', 'b.ts'), 'longer')],
    ['a source is as long and older', async (root) => await utimes(join(root, 'src', 'a file.ts'), 1, 1)],
    ['a source is gone', async (root) => await rm(join(root, 'src', 'b.ts'))],
    ['it is gone itself', async (root) => await rm(join(programFolder(root), 'one'), { recursive: true })],
    ['nothing was compiled', async (root) => await rm(programFolder(root), { recursive: true })],
    ['the list is cut', async (root) => await writeFile(join(programFolder(root), 'made-from'), `${root}\none/main.js\n1 1 /sr`)],
    ['the list is empty', async (root) => await writeFile(join(programFolder(root), 'made-from'), '')],
  ])('is left alone when %s', async (_, change) => {
    const root = await compiledTree();
    await change(root);
    expect(findProgram(root)).toBeNull();
  });

  it('is left alone in a copy of the project', async () => {
    const [root, copy] = [await compiledTree(), await tempFolder()];
    await cp(root, copy, { recursive: true, preserveTimestamps: true });
    expect(findProgram(root)).toBe(entryOf(root));
    expect(findProgram(copy)).toBeNull();
  });

  it('is held by who runs from it, for as long as that lives', async () => {
    const folder = await tempFolder();
    const [module, lives] = [join(import.meta.dirname, 'held-program.ts'), 'process.stdin.resume(); process.stdout.write("held")'];
    const script = `const { holdProgram } = await import(${JSON.stringify(module)}); holdProgram(${JSON.stringify(folder)}); ${lives};`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(isHeld(folder)).toBe(true);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(isHeld(folder)).toBe(false);
    // The number of who was killed is free for another.
    expect(await readdir(folder)).toEqual([]);
  });

  it('is held by nobody where it is gone', async () => {
    expect(isHeld(join(await tempFolder(), 'nothing here'))).toBe(false);
  });

  it('is left alone by who cannot write beside it', async () => {
    holdProgram(join(await tempFolder(), 'nothing here'));
  });

  it('is compiled from the sources, and says what they say', async () => {
    const cwd = await tempFolder();
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'compile-program.ts'), join(cwd, 'program')]);
    await writeFile(join(cwd, 'pipeline.yml'), 'type: pipeline\njobs:\n  a: { command: echo, inputs: { x: ${{parent.inputs.y}} } }\n');
    const ends = [join(cwd, 'program', 'command-line.js'), join(import.meta.dirname, '..', 'cli', 'command-line.ts')].map((entry) =>
      spawnSync(process.execPath, [entry, 'validate', 'pipeline.yml', '--home', 'home'], { cwd, encoding: 'utf8' }),
    );
    const [compiled, fromSources] = ends.map(({ status, stdout, stderr }) => ({ status, stdout, stderr }));
    expect(compiled).toMatchObject({ status: 2, stdout: expect.stringContaining('pipeline.yml:3') });
    expect(compiled).toEqual(fromSources);
  });
});
