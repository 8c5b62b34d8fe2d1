import type { TaskGraph } from './task-graph.ts';
import type { Measured, Project, Tool } from './tool.ts';

export interface Comparison {
  readonly graph: TaskGraph;
  readonly parallel: number;
  readonly rounds: number;
  /** Before each measured run; makes everything due again unless said otherwise. */
  readonly between?: (project: Project) => Promise<void>;
}

export interface Figure {
  readonly tool: string;
  /** Median over the rounds. */
  readonly ms: number;
  readonly executed: number | null;
}

/** The same graph by each of the tools in turn, round after round, so that a busy moment falls on all of them. */
export async function compare(tools: readonly Tool[], comparison: Comparison): Promise<Figure[]> {
  const laidOut: LaidOut[] = [];
  try {
    for (const tool of tools) laidOut.push({ tool, project: await tool.layOut(comparison.graph, comparison.parallel), measured: [] });
    await measure(laidOut, comparison);
  } finally {
    for (const { project } of laidOut) await project[Symbol.asyncDispose]();
  }
  return laidOut.map(({ tool, measured }) => ({
    tool: tool.name,
    ms: median(measured.map(({ ms }) => ms)),
    executed: measured.at(-1)?.executed ?? null,
  }));
}

interface LaidOut {
  readonly tool: Tool;
  readonly project: Project;
  readonly measured: Measured[];
}

async function measure(laidOut: readonly LaidOut[], { rounds, between = forget }: Comparison): Promise<void> {
  // The first time everything is new to everybody: caches of the system, of tools, of ours.
  for (const { project } of laidOut) await project.run();
  for (let round = 0; round < rounds; round += 1) {
    for (const { project, measured } of laidOut) {
      await between(project);
      measured.push(await project.run());
    }
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const forget = async (project: Project): Promise<void> => await project.forget();
