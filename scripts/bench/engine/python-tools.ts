import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runCommand } from '../../run-command.ts';
import { commandLineTool } from './command-line-tool.ts';
import type { TaskGraph } from './task-graph.ts';
import type { Tool } from './tool.ts';

const folder = join(root, '.cache', 'bench-tools');
const program = (name: string): string => join(folder, 'bin', name);

/** Has doit and Snakemake installed from the package registry, in an environment of their own. */
export async function installPythonTools(): Promise<void> {
  const isThere = await access(program('snakemake')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', folder],
    [program('pip'), 'install', '--quiet', 'doit', 'snakemake'],
  ] as const) {
    const { ok, output } = await runCommand(command, args);
    if (!ok) throw new Error(output);
  }
}

interface PlainTask {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly command: string;
}

function toPlain(graph: TaskGraph): PlainTask[] {
  return graph.map(({ name, after, source, command }) => {
    const inputs = [...(source === undefined ? [] : [source]), ...after.map((task) => `out/${task}`)];
    return { name, inputs, command: `${command(inputs, `out/${name}`)} && touch out/${name}` };
  });
}

/** doit: content of files, by MD5. */
export const doit: Tool = commandLineTool({
  name: 'doit',
  describe: (graph) => ({ file: 'dodo.py', text: dodo(graph) }),
  command: (parallel) => [program('doit'), ...(parallel > 1 ? ['-n', String(parallel)] : [])],
  countExecuted: (output) => output.split('\n').filter((line) => line.startsWith('.  ')).length,
  memory: ['.doit.db', '.doit.db.db', '.doit.db.dat', '.doit.db.dir', '.doit.db.bak'],
});

function dodo(graph: TaskGraph): string {
  const lines = toPlain(graph).map(
    ({ name, inputs, command }) =>
      `    yield {'name': ${JSON.stringify(name)}, 'actions': [${JSON.stringify(command)}], 'file_dep': ${JSON.stringify(inputs)}, 'targets': ['out/${name}'], **always(${inputs.length})}`,
  );
  // Without a file to watch, doit would do a task each time.
  return `def always(inputs):\n    return {} if inputs else {'uptodate': [True]}\n\ndef task_graph():\n${lines.join('\n')}\n`;
}

/** Snakemake: dates, code and parameters; an index in `.snakemake`. */
export const snakemake: Tool = commandLineTool({
  name: 'snakemake',
  describe: (graph) => ({ file: 'Snakefile', text: snakefile(graph) }),
  command: (parallel) => [program('snakemake'), '--cores', String(parallel), '--nolock'],
  countExecuted: (output) => Number(/(\d+) of \d+ steps \(100%\) done/.exec(output)?.[1] ?? 1) - 1,
  memory: ['.snakemake'],
});

function snakefile(graph: TaskGraph): string {
  const rules = toPlain(graph).map(
    ({ name, inputs, command }) =>
      `rule ${name}:\n    input: ${JSON.stringify(inputs)}\n    output: "out/${name}"\n    shell: ${JSON.stringify(command.replaceAll('{', '{{').replaceAll('}', '}}'))}\n`,
  );
  return `rule all:\n    input: ${JSON.stringify(graph.map(({ name }) => `out/${name}`))}\n\n${rules.join('\n')}`;
}
