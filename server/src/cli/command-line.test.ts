import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const pipewright = join(import.meta.dirname, '../../bin/pipewright');
const inShell = (line: string) => spawnSync('bash', ['-o', 'pipefail', '-c', line], { encoding: 'utf8' });

it.runIf(existsSync('/dev/full'))('says that the disk takes no output, and ends with 3', () => {
  expect(inShell(`"${pipewright}" --help > /dev/full`)).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/^pipewright: the output cannot be written: ENOSPC.*\n$/),
  });
});

it('ends quietly where nobody reads on', () => {
  expect(inShell(`"${pipewright}" --help | true`)).toMatchObject({ status: 0, stderr: '' });
});
