import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ProblemDetails } from '../../shared/src/http/problem-details.ts';
import { RunSummary } from '../../shared/src/run/run.ts';
import { isRunEnded } from '../../shared/src/run/status.ts';
import { root } from '../run-command.ts';

const RunList = z.object({ items: z.array(RunSummary) });

/** The product as people start it, in a data folder of its own. */
export class MeasuredServer implements AsyncDisposable {
  readonly home: string;
  readonly url: string;
  readonly #child: ReturnType<typeof spawn>;

  private constructor(home: string, url: string, child: ReturnType<typeof spawn>) {
    this.home = home;
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<MeasuredServer> {
    const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
    const child = spawn(join(root, 'server', 'bin', 'pipewright'), ['start', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { promise, resolve } = Promise.withResolvers<string>();
    child.stdout.on('data', (data: Buffer) => {
      const url = /http:\/\/\S+/.exec(data.toString())?.[0];
      if (url) resolve(url);
    });
    const url = (await promise).replace(/\/$/, '');
    await (await fetch(url)).text();
    return new MeasuredServer(home, url, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async get(path: string): Promise<unknown> {
    return await this.#read(await fetch(`${this.url}${path}`));
  }

  async post(path: string, body: unknown): Promise<unknown> {
    return await this.#read(await fetch(`${this.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));
  }

  /** The run's id; whatever comes of it. */
  async submit(request: Record<string, unknown>): Promise<string> {
    return RunSummary.parse(await this.post('/api/runs', request)).id;
  }

  /** Milliseconds from the request to the end that the run itself tells; both by the clock of this machine. */
  async run(request: Record<string, unknown>): Promise<{ readonly ms: number; readonly run: RunSummary }> {
    const from = Date.now();
    const run = await this.untilEnded(await this.submit(request));
    if (run.status !== 'completed') throw new Error(`Run ${run.id} ended as ${run.status}: ${JSON.stringify(run.counts)}`);
    return { ms: Date.parse(run.endedAt ?? '') - from, run };
  }

  /** Looks seldom: each look takes from what is measured. */
  async untilEnded(id: string): Promise<RunSummary> {
    for (;;) {
      const run = RunList.parse(await this.get('/api/runs?limit=5')).items.find((item) => item.id === id);
      if (run && isRunEnded(run.status)) return run;
      await delay(100);
    }
  }

  async launcherPid(): Promise<number> {
    for (const entry of await readdir('/proc')) {
      const command = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '') : '';
      const parent = command.includes('launcher.ts') ? /^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${entry}/status`, 'utf8'))?.[1] : undefined;
      if (parent === String(this.pid)) return Number(entry);
    }
    return 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    await ended;
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #read(response: Response): Promise<unknown> {
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { detail, title } = ProblemDetails.parse(answer);
    throw new Error(`${response.status} of ${response.url}: ${detail ?? title}`);
  }
}

/** MB, as the system counts what a process holds in memory. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
