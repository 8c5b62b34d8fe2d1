import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasuredServer } from '../measured-server.ts';
import { writeSources } from './sources.ts';
import type { Task, TaskGraph } from './task-graph.ts';
import type { Project, Tool } from './tool.ts';

/** Ours: the graph goes to a server that runs, as one request; the time ends when the run is seen to have completed. */
export function pipewright(server: MeasuredServer): Tool {
  return {
    name: 'Pipewright',
    layOut: async (graph, parallel): Promise<Project> => {
      const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-graph-'));
      await writeSources(folder, graph);
      const document = toPipeline(graph, folder, parallel);
      let force = false;
      return {
        sources: folder,
        run: async () => {
          const { ms, run } = await server.run({ document, force });
          force = false;
          return { ms, executed: run.counts['completed'] ?? 0 };
        },
        forget: async () => {
          force = true;
        },
        [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }),
      };
    },
  };
}

export function toPipeline(graph: TaskGraph, folder: string, parallel: number): Record<string, unknown> {
  const jobs = Object.fromEntries(graph.map((task) => [task.name, toStep(task, folder)]));
  return { type: 'pipeline', display_name: `bench ${graph.length}`, settings: { max_parallel: parallel }, jobs };
}

function toStep({ after, source, command }: Task, folder: string): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  if (source !== undefined) inputs['source'] = { type: 'uri_file', path: join(folder, source) };
  for (const [index, task] of after.entries()) inputs[`before${index}`] = { type: 'uri_file', path: `\${{parent.jobs.${task}.outputs.out}}` };
  const text = command(
    Object.keys(inputs).map((name) => `\${{inputs.${name}}}`),
    '${{outputs.out}}',
  );
  // A task that writes nothing leaves its output empty.
  const output = text === 'true' ? { out: { type: 'uri_folder' } } : { out: { type: 'uri_file' } };
  return { type: 'command', command: text, inputs, outputs: output };
}
