import { commandLineTool } from './command-line-tool.ts';
import type { Task, TaskGraph } from './task-graph.ts';

/** GNU make: dates of files, no logs, no record. */
export const make = commandLineTool({
  name: 'make',
  describe: (graph) => ({ file: 'Makefile', text: makefile(graph) }),
  command: (parallel) => ['make', '--silent', `-j${parallel}`],
  countExecuted: (output) => output.split('\n').filter((line) => line.startsWith('did ')).length,
  memory: [],
});

function makefile(graph: TaskGraph): string {
  const outputs = graph.map(({ name }) => `out/${name}`);
  return `all: ${outputs.join(' ')}\n${graph.map(ruleOf).join('')}`;
}

function ruleOf({ name, after, source, command }: Task): string {
  const inputs = [...(source === undefined ? [] : [source]), ...after.map((task) => `out/${task}`)];
  // A task that writes nothing is done all the same.
  return `out/${name}: ${inputs.join(' ')}\n\t@${command(inputs, `out/${name}`)} && touch $@ && echo did ${name}\n`;
}
