import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstSource, type TaskGraph } from './task-graph.ts';

export async function writeSources(folder: string, graph: TaskGraph): Promise<void> {
  for (const { name, source } of graph) if (source !== undefined) await writeFile(join(folder, source), `${name}\n`);
}

/** A change that the task's output does not show: it passes on the first line only. Never the same twice, or another graph's result would do. */
export async function changeBelowFirstLine(folder: string): Promise<void> {
  await appendFile(join(folder, firstSource), `${Date.now()} in ${folder}\n`);
}
