import { createInterface } from 'node:readline';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import { spawnNode, type NodeChild } from '../../spawn-node.ts';
import { LauncherReply, type LauncherRequest } from './launcher-messages.ts';

/** What becomes of one request, as far as the launcher knows. */
export interface LaunchListener {
  started(pid: number): void;
  taken(): void;
  failed(message: string): void;
  /** What it started is gone. */
  leaderGone(): void;
  /** The launcher is gone, so nobody will tell when what it started is gone. */
  abandoned(): void;
}

interface Launch {
  readonly request: LauncherRequest;
  readonly listener: LaunchListener;
  isAnswered: boolean;
}

/** A launcher that ends this often without answering anything cannot work here. */
const mostVainStarts = 3;

/**
 * The launcher process: started when first needed, again when it died. What it had not answered is asked again, which
 * starts nothing twice, because the attempt's claim can be made once.
 */
export class LauncherConnection implements AsyncDisposable {
  readonly #launches = new Map<number, Launch>();
  #launcher: NodeChild | null = null;
  #nextId = 1;
  #vainStarts = 0;

  launch(request: Omit<LauncherRequest, 'id'>, listener: LaunchListener): void {
    const id = this.#nextId++;
    const launch: Launch = { request: { id, ...request }, listener, isAnswered: false };
    this.#launches.set(id, launch);
    this.#ask(launch);
  }

  /** The launcher ends with its input; what it started lives on. */
  async [Symbol.asyncDispose](): Promise<void> {
    const launcher = this.#launcher;
    this.#launcher = null;
    this.#launches.clear();
    if (!launcher) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    launcher.once('close', () => resolve());
    launcher.stdin.end();
    await promise;
  }

  #ask({ request }: Launch): void {
    this.#launcher ??= this.#start();
    this.#launcher.stdin.write(`${JSON.stringify(request)}\n`);
  }

  #start(): NodeChild {
    const launcher = spawnNode(new URL('./launcher.ts', import.meta.url), ['--max-semi-space-size=1']);
    let problem = 'it ends as soon as it is started';
    launcher.on('error', (error) => (problem = error.message));
    // It died with requests on their way: `close` asks them again.
    launcher.stdin.on('error', () => undefined);
    createInterface({ input: launcher.stdout }).on('line', (line) => this.#take(LauncherReply.parse(JSON.parse(line))));
    launcher.once('close', () => this.#closed(launcher, problem));
    return launcher;
  }

  #take(reply: LauncherReply): void {
    this.#vainStarts = 0;
    const launch = this.#launches.get(reply.id);
    if (!launch) return;
    launch.isAnswered = true;
    if (reply.kind !== 'started') this.#launches.delete(reply.id);
    switch (reply.kind) {
      case 'started':
        return launch.listener.started(reply.pid);
      case 'failed':
        return launch.listener.failed(reply.message);
      case 'taken':
        return launch.listener.taken();
      case 'ended':
        return launch.listener.leaderGone();
      default:
        return assertNever(reply);
    }
  }

  #closed(launcher: NodeChild, problem: string): void {
    if (this.#launcher !== launcher) return;
    this.#launcher = null;
    this.#vainStarts += 1;
    const isHopeless = this.#vainStarts >= mostVainStarts;
    for (const [id, launch] of this.#launches) {
      if (!launch.isAnswered && !isHopeless) {
        this.#ask(launch);
        continue;
      }
      this.#launches.delete(id);
      if (launch.isAnswered) launch.listener.abandoned();
      else launch.listener.failed(`The process that starts steps cannot be started: ${problem}.`);
    }
    if (isHopeless) this.#vainStarts = 0;
  }
}
