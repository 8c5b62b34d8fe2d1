import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createPlace } from './testing/place.ts';
import { readJson, runCli } from './testing/run-cli.ts';
import { tempFolder } from './testing/temp-folder.ts';

describe('pipewright', () => {
  it.each(['gallery', 'components', 'environments'])('lists %s of a folder that was never used, without making it', async (kind) => {
    const at = await createPlace();
    const listed = await runCli(['ls', kind, '--json'], at);
    expect(readJson(listed).items.length).toBeGreaterThan(1);
    expect(existsSync(at.home)).toBe(false);
  });

  it.each([
    [['nonsense'], 'there is no command nonsense'],
    [['run'], 'name a pipeline'],
    [['run', 'gone.yml'], 'the file gone.yml does not exist'],
    [['run', 'two.yml', 'three.yml'], 'unexpected argument three.yml'],
    [['run', 'two.yml', '--fast'], 'there is no option --fast.'],
    [['run', 'two.yml', '--set', 'txt=1'], 'Did you mean "text"?'],
    [['plan', 'gallery:nothing'], 'there is no gallery pipeline nothing'],
    [['ls', 'things'], 'things cannot be listed'],
  ])('answers %j with a sentence and 2', async (args, message) => {
    expect(await runCli(args, await createPlace())).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('helps wherever it is asked to', async () => {
    const at = await createPlace();
    for (const args of [[], ['run', '--help']]) {
      expect(await runCli(args, at)).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: pipewright') });
    }
    expect(await runCli(['--version'], at)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('does not mind when its reader stops reading', async () => {
    const at = await createPlace();
    const main = join(import.meta.dirname, 'main.ts');
    const script = `set -o pipefail; "${process.execPath}" "${main}" ls components --home "${at.home}" | head -n 1`;
    const scratch = await tempFolder();
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, TMPDIR: scratch } });
    expect(stdout).toMatch(/^azureml:/);
    expect(stderr).toBe('');
    expect((await readdir(scratch)).filter((name) => name.startsWith('pipewright'))).toEqual([]);
  });

  it('says what is wrong with a data folder that cannot be read', async () => {
    const at = await createPlace();
    await mkdir(at.home);
    await writeFile(join(at.home, 'pipewright.db'), 'this is no database, and long enough to be sure of it');
    for (const args of [
      ['runs', 'ls'],
      ['run', 'two.yml'],
    ]) {
      expect(await runCli(args, at)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('the file is not a database') });
    }
    await writeFile(join(at.home, 'config.yml'), 'slots: none\n');
    expect(await runCli(['plan', 'two.yml'], at)).toMatchObject({ status: 2, stderr: 'home/config.yml:1:1: error slots must be a number, not "none".\n' });
  });
});
