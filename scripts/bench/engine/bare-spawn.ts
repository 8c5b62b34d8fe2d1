import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSources } from './sources.ts';
import type { Task, TaskGraph } from './task-graph.ts';
import type { Project, Tool } from './tool.ts';

/** The floor: a loop that starts `bash -c` for one task after another, and remembers nothing. */
export const bareSpawn: Tool = {
  name: 'bare loop',
  layOut: async (graph, parallel): Promise<Project> => {
    const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-bare-'));
    await writeSources(folder, graph);
    return {
      sources: folder,
      run: async () => {
        const from = performance.now();
        await doAll(graph, parallel, folder);
        return { ms: performance.now() - from, executed: graph.length };
      },
      forget: async () => undefined,
      [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }),
    };
  },
};

/** In the order of the graph, which is one in which each task can be done. */
async function doAll(graph: TaskGraph, parallel: number, cwd: string): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let task = graph[next++]; task; task = graph[next++]) await doOne(task, cwd);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

async function doOne({ name, after, source, command }: Task, cwd: string): Promise<void> {
  const inputs = [...(source === undefined ? [] : [source]), ...after];
  await once(spawn('bash', ['-c', command(inputs, name)], { cwd, stdio: 'ignore' }), 'exit');
}
