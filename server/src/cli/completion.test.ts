import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPlace } from '../testing/place.ts';
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

  it('complete commands, their words, flags and files in bash', async () => {
    const at = await createPlace();
    const { stdout: script } = await runCli(['completion', 'bash'], at);
    await writeFile(join(at.cwd, 'complete.sh'), script);
    const complete = async (...words: string[]): Promise<string[]> => {
      const line = `source ./complete.sh; COMP_WORDS=(pipewright ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _pipewright; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await promisify(execFile)('bash', ['-c', line], { cwd: at.cwd });
      return stdout.trim().split('\n');
    };
    expect(await complete('val')).toEqual(['validate']);
    expect(await complete('runs', 'c')).toEqual(['cancel']);
    expect(await complete('run', '--fo')).toEqual(['--force-rerun']);
    expect(await complete('run', 'tw')).toEqual(['two.yml']);
    expect(await complete('ls', 'mod')).toEqual(['models']);
  });

  it('write scripts for other shells, and say which there are', async () => {
    const at = await createPlace();
    expect((await runCli(['completion', 'zsh'], at)).stdout).toMatch(/^autoload -U \+X bashcompinit/);
    expect((await runCli(['completion', 'fish'], at)).stdout).toContain("complete -c pipewright -n '__fish_seen_subcommand_from runs' -a resume");
    expect(await runCli(['completion', 'tcsh'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('bash, zsh, fish') });
  });
});
