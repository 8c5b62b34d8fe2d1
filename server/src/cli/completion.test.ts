import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPlace, type Place } from '../testing/place.ts';
import { runCli } from '../testing/run-cli.ts';
import { commandHelp } from './command-help.ts';
import { commands } from './commands.ts';

describe('help and completion', () => {
  it('know every command and no other', () => {
    expect(Object.keys(commandHelp).toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  it('teach one command with its flags and examples', async () => {
    const at = await createPlace();
    const { status, stdout } = await runCli(['plan', '--help'], at);
    expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'Usage: pipewright plan FILE|gallery:NAME|PIPELINE[:VERSION]' });
    expect(stdout).toContain('--set NAME=VALUE');
    expect(stdout).toContain('Examples:\n  pipewright plan pipeline.yml');
    expect((await runCli(['help', 'plan'], at)).stdout).toBe(stdout);
    expect(await runCli(['pln'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "plan"?') });
  });

  it('complete commands, words, flags, files and names in bash', async () => {
    const at = await createPlace();
    const complete = await bashCompletion(at);
    expect(await complete('pipewright val')).toEqual(['validate']);
    expect(await complete('pipewright runs c')).toEqual(['cancel']);
    expect(await complete('pipewright run --fo')).toEqual(['--force-rerun']);
    expect(await complete('pipewright run tw')).toEqual(['two.yml']);
    expect(await complete('pipewright ls mod')).toEqual(['models']);
    // The shell has taken `gallery:` for a word of its own.
    expect(await complete('pipewright run gallery:fuel')).toEqual(['fuel-economy']);
    expect(await complete('pipewright run two.yml --from m')).toEqual(['make']);
    expect(await complete('pipewright run two.yml --set te')).toEqual(['text=']);
    expect(await complete('pipewright run two.yml --set file=./i')).toEqual(['./in.txt']);
    expect(await complete('pipewright nothing ')).toEqual([]);
  });

  it('offer runs with what they are, and the steps of one', async () => {
    const at = await createPlace();
    await runCli(['run', 'two.yml'], at);
    const candidates = async (...words: string[]): Promise<string> => (await runCli(['completion', 'candidates', '--', ...words], at)).stdout;
    expect(await candidates('runs', 'show', '')).toBe('1\tcompleted, Two steps\n');
    expect(await candidates('runs', 'logs', '1', 'c')).toBe('copy\n');
    expect(await candidates('export', 'run:')).toBe('run:1\tcompleted, Two steps\n');
    expect(await candidates('plan', 'wrong.yml', '--set', '')).toBe('');
  });

  it('do not wait for what is no file', async () => {
    const at = await createPlace();
    await promisify(execFile)('mkfifo', [join(at.cwd, 'pipe.yml')]);
    expect(await runCli(['completion', 'candidates', '--', 'plan', 'pipe.yml', '--set', ''], at)).toMatchObject({ status: 0, stdout: '' });
  });

  it.each(['zsh', 'fish'])('write a script for %s that asks for the same', async (shell) => {
    const at = await createPlace();
    expect(await runCli(['completion', shell], at)).toMatchObject({ status: 0, stdout: expect.stringMatching(/completion candidates -- /) });
    expect(await runCli(['completion', 'tcsh'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('bash, zsh, fish') });
  });
});

/** What bash offers at the end of a line. */
async function bashCompletion(at: Place): Promise<(line: string) => Promise<string[]>> {
  const { stdout: script } = await runCli(['completion', 'bash'], at);
  const program = join(import.meta.dirname, '../../bin/pipewright');
  await writeFile(join(at.cwd, 'complete.sh'), `pipewright() { "${program}" "$@"; }\n${script}`);
  return async (line) => {
    const ask = `source ./complete.sh; COMP_LINE='${line}'; COMP_POINT=${line.length}; _pipewright; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PIPEWRIGHT_HOME: at.home };
    const { stdout } = await promisify(execFile)('bash', ['-c', ask], { cwd: at.cwd, env });
    return stdout.split('\n').filter((word) => word !== '');
  };
}
