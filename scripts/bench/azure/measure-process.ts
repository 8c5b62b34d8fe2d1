import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds of one program from its start to its end; throws where it does not end well. */
export async function measureProcess(program: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<number> {
  const from = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...variables } });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  await once(child, 'close');
  const ms = performance.now() - from;
  if (child.exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${child.exitCode}:\n${said}`);
  return ms;
}

/** The most memory in MB that a program of Node held at a time, as it tells itself at its end. */
export async function measureMemory(program: string, args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-memory-'));
  try {
    const tell = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'used'))} + process.pid, String(process.resourceUsage().maxRSS)));`;
    const child = spawn(program, args, {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(tell)}` },
    });
    await once(child, 'close');
    return Number(await readFile(join(folder, `used${child.pid}`), 'utf8')) / 1024;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
