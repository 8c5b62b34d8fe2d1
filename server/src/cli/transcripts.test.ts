import { execFile } from 'node:child_process';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';

const folder = join(import.meta.dirname, 'transcripts');
const names = (await readdir(folder)).filter((name) => name.endsWith('.txt'));
const prompt = 'here$ ';
const bin = join(import.meta.dirname, '../../bin');

// Each file is a session at a prompt: `here$ ` and a command line, then what it wrote: `! ` is standard error, `[2]` the exit
// status where it is not 0. `vitest -u` writes them anew: read what has changed.
describe.each(names)('%s', (name) => {
  it('is what a person sees with nobody else there', async () => {
    const cwd = await tempFolder();
    await expect(await perform(name, { cwd, home: join(cwd, 'home') })).toMatchFileSnapshot(join(folder, name));
  }, 120_000);

  // One is enough to see that it makes no difference, and the longest has every kind of command.
  it.runIf(name === 'first-run.txt')(
    'is the same beside a server',
    async () => {
      const server = await testServer();
      const cwd = await tempFolder();
      await expect(await perform(name, { cwd, home: server.home })).toMatchFileSnapshot(join(folder, name));
    },
    120_000,
  );
});

interface Place {
  readonly cwd: string;
  readonly home: string;
}

const written = async (name: string): Promise<string> => await readFile(join(folder, name), 'utf8');

/** The session anew: the same command lines, with what they write today. */
async function perform(name: string, at: Place): Promise<string> {
  await cp(join(folder, 'files'), at.cwd, { recursive: true });
  const parts: string[] = [];
  for (const line of (await written(name)).split('\n')) {
    if (line.startsWith('# ')) parts.push(`${parts.length === 0 ? '' : '\n'}${line}\n`);
    if (!line.startsWith(prompt)) continue;
    const { status, stdout, stderr } = await inShell(line.slice(prompt.length), at);
    parts.push(`${line}\n`, marked(plain(stderr, at)), plain(stdout, at), status === 0 ? '' : `[${status}]\n`);
  }
  return parts.join('');
}

const marked = (text: string): string => text.replaceAll(/^(?=.)/gm, '! ');

async function inShell(line: string, { cwd, home }: Place): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env, PIPEWRIGHT_HOME: home, PATH: `${bin}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' };
  return await new Promise((resolve) => {
    const child = execFile('bash', ['-c', line], { cwd, env }, (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }));
  });
}

/** Without what differs from machine to machine and from time to time. */
function plain(text: string, { cwd, home }: Place): string {
  return (
    text
      .replaceAll(home, '<home>')
      .replaceAll(cwd, '<here>')
      .replaceAll(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:[\d.]+Z)?/g, '<moment>')
      .replaceAll(/\b\d+\.\d s\b/g, '0.0 s')
      .replaceAll(/"(durationMs|cpuMs|\w+Bytes)": \d+/g, '"$1": 0')
      // Memory is only told of a step that was there when it was looked at.
      .replaceAll(/\n *"peakMemoryBytes": \d+,?/g, '')
      .replaceAll(/environment host .*/g, 'environment host <python>')
      .replaceAll(/objects\/[0-9a-f]{2}\/[0-9a-f]{64}/g, 'objects/<hash>')
      .replaceAll(/^[A-Za-z0-9]{8}(?= {2})/gm, '<draft>')
      .replaceAll(/draft:[A-Za-z0-9]{8}\b/g, 'draft:<draft>')
  );
}
