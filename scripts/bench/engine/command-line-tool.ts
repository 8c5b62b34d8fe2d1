import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSources } from './sources.ts';
import type { TaskGraph } from './task-graph.ts';
import type { Measured, Project, Tool } from './tool.ts';

export interface CommandLineTool {
  readonly name: string;
  /** The file that describes the graph to it, in the tool's own language; outputs go to `out/`. */
  readonly describe: (graph: TaskGraph) => { readonly file: string; readonly text: string };
  readonly command: (parallel: number) => readonly [program: string, ...args: string[]];
  readonly countExecuted: (output: string) => number;
  /** What it remembers beside the outputs. */
  readonly memory: readonly string[];
}

/** A tool that reads a description of the graph, does what is due, and ends. */
export function commandLineTool(tool: CommandLineTool): Tool {
  return {
    name: tool.name,
    layOut: async (graph, parallel): Promise<Project> => {
      const folder = await mkdtemp(join(tmpdir(), `pipewright-bench-${tool.name}-`));
      const { file, text } = tool.describe(graph);
      await writeFile(join(folder, file), text);
      await writeSources(folder, graph);
      await mkdir(join(folder, 'out'));
      return {
        sources: folder,
        run: async () => await runTool(tool, folder, parallel),
        forget: async () => {
          for (const name of ['out', ...tool.memory]) await rm(join(folder, name), { recursive: true, force: true });
          await mkdir(join(folder, 'out'));
        },
        [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }),
      };
    },
  };
}

async function runTool(tool: CommandLineTool, cwd: string, parallel: number): Promise<Measured> {
  const [program, ...args] = tool.command(parallel);
  const from = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = await once(child, 'close');
  const ms = performance.now() - from;
  if (code !== 0) throw new Error(`${tool.name} ended with ${code}: ${output.slice(-2000)}`);
  return { ms, executed: tool.countExecuted(output) };
}
