import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { isScalarType, type PortType, type ScalarType } from '@pipewright/shared/component/port-type.ts';
import type { CodeChanges } from '@pipewright/shared/http/component-code.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { z } from 'zod';
import { definitionOf, isRightPort, newPort, whatIsWrongWith, WrittenPort, type WrongPort } from '../written/written-port.ts';

/** A step of Python as it is being written. */
export const PythonStep = z.object({
  title: z.string(),
  /** Null: made of the title. */
  name: z.string().nullable(),
  /** `function`: `run` is called with the inputs and outputs by name; `script`: it reads its own arguments. */
  form: z.enum(['function', 'script']),
  /** Null: what is offered for these ports. */
  code: z.string().nullable(),
  /** `azureml:NAME:VERSION`; null: the base Python. */
  environment: z.string().nullable(),
  ports: z.array(WrittenPort),
});
export type PythonStep = z.infer<typeof PythonStep>;

export const emptyStep: PythonStep = {
  title: 'My Python step',
  name: null,
  form: 'function',
  code: null,
  environment: null,
  ports: [newPort('inputs', 'data', 'uri_folder'), newPort('outputs', 'result', 'uri_folder')],
};

export const nameOfStep = ({ name, title }: PythonStep, taken: Readonly<Record<string, unknown>>): string => name ?? makeStepKey(title.toLowerCase(), taken);

// ---- the component ------------------------------------------------------------------------------------------------

/** The component and its code; a step that something is wrong with makes none. */
export function componentOfStep(step: PythonStep, name: string): { readonly component: CommandComponent; readonly files: CodeChanges } {
  const of = (side: WrittenPort['side']) => Object.fromEntries(step.ports.filter((port) => port.side === side).map((port) => [port.name, definitionOf(port)]));
  const component = CommandComponent.parse({
    type: 'command',
    name,
    display_name: step.title.trim(),
    command: commandFor(step.ports),
    inputs: of('inputs'),
    outputs: of('outputs'),
    ...(step.environment === null ? {} : { environment: step.environment }),
    'x-pipewright': { family: 'code', icon: 'code' },
  });
  const code = codeOfStep(step);
  return { component, files: step.form === 'script' ? { 'main.py': code } : { 'function.py': code, 'main.py': callerFor(step.ports) } };
}

/** Hands every port to the script, inputs before outputs. */
export const commandFor = (ports: readonly WrittenPort[]): string => ['python main.py', ...inOrder(ports).map(argumentOf)].join(' ');

/** A text goes by a variable, where the shell does not read it. */
function argumentOf({ side, name, type, isOptional, fallback }: WrittenPort): string {
  if (side === 'inputs' && type === 'string') return `--${name}="$PIPEWRIGHT_INPUT_${name}"`;
  const argument = `--${name}=\${{${side}.${name}}}`;
  return side === 'inputs' && isOptional && fallback === '' ? `$[[${argument}]]` : argument;
}

// ---- its code -----------------------------------------------------------------------------------------------------

export const codeOfStep = (step: PythonStep): string => step.code ?? (step.form === 'function' ? functionFor(step.ports) : scriptFor(step.ports));

/** Inputs before outputs, however they were added. */
const inOrder = (ports: readonly WrittenPort[]): WrittenPort[] => [
  ...ports.filter(({ side }) => side === 'inputs'),
  ...ports.filter(({ side }) => side === 'outputs'),
];

/** Ports that code which somebody wrote does not speak of. */
export const portsNotInCode = ({ code, ports }: Pick<PythonStep, 'code' | 'ports'>): string[] =>
  code === null ? [] : ports.flatMap(({ name }) => (new RegExp(`\\b${RegExp.escape(name)}\\b`).test(code) ? [] : [name]));

const pythonTypes = { string: 'str', integer: 'int', number: 'float', boolean: 'bool' } as const satisfies Record<ScalarType, string>;
const pythonType = (type: PortType): string => (isScalarType(type) ? pythonTypes[type] : 'Path');
const isAbsent = ({ side, isOptional, fallback }: WrittenPort): boolean => side === 'inputs' && isOptional && fallback === '';

export function functionFor(written: readonly WrittenPort[]): string {
  const ports = inOrder(written);
  const parameters = ports.map((port) => `${port.name}: ${pythonType(port.type)}${isAbsent(port) ? ' | None' : ''}`);
  return [
    'from __future__ import annotations',
    '',
    'from pathlib import Path',
    '',
    '',
    `def run(${parameters.join(', ')}) -> None:`,
    ...bodyFor(ports, '    ', ''),
    '',
  ].join('\n');
}

export function scriptFor(written: readonly WrittenPort[]): string {
  const ports = inOrder(written);
  return [...readingOf(ports), '', ...bodyFor(ports, '', 'arguments.'), ''].join('\n');
}

/** Says what came in, and fills every output with something. */
function bodyFor(ports: readonly WrittenPort[], indent: string, from: string): string[] {
  const lines = ports.map(({ side, name, type }) => {
    if (side === 'inputs') return `print("${name}:", ${from}${name})`;
    return type === 'uri_file' ? `${from}${name}.write_text("done\\n")` : `(${from}${name} / "${name}.txt").write_text("done\\n")`;
  });
  return (lines.length === 0 ? ['print("done")'] : lines).map((line) => `${indent}${line}`);
}

function readingOf(ports: readonly WrittenPort[]): string[] {
  const readers: Readonly<Partial<Record<PortType, string>>> = { integer: 'int', number: 'float', boolean: 'lambda text: text == "True"' };
  const reader = (port: WrittenPort): string =>
    port.type === 'string' ? (isAbsent(port) ? 'lambda text: text or None' : 'str') : (readers[port.type] ?? 'Path');
  return [
    'import argparse',
    'from pathlib import Path',
    '',
    'parser = argparse.ArgumentParser(allow_abbrev=False)',
    ...ports.map((port) => `parser.add_argument("--${port.name}", type=${reader(port)})`),
    'arguments = parser.parse_args()',
  ];
}

/** What stands between the command and the function. */
export const callerFor = (ports: readonly WrittenPort[]): string =>
  [
    '"""Calls `run` of function.py with what the step is given."""',
    '',
    ...readingOf(inOrder(ports)).toSpliced(2, 0, '', 'from function import run'),
    '',
    'run(**vars(arguments))',
    '',
  ].join('\n');

// ---- what may be wrong --------------------------------------------------------------------------------------------

interface Wrong {
  readonly title: string | null;
  readonly name: string | null;
  readonly code: string | null;
  /** In their places. */
  readonly ports: readonly WrongPort[];
}

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** Why it cannot be made yet, at the fields that say so. */
export function whatIsWrong(step: PythonStep, name: string, taken: Readonly<Record<string, unknown>>): Wrong {
  return {
    title: step.title.trim() === '' ? 'A step needs a title' : null,
    name: !isAssetName(name)
      ? 'Only letters, digits, dots, dashes and underscores'
      : Object.hasOwn(taken, name)
        ? `There is a component ${name} already`
        : null,
    code: step.form === 'function' && !/^(async\s+)?def\s+run\s*\(/m.test(codeOfStep(step)) ? 'The code needs a function run(…)' : null,
    ports: step.ports.map((port) => whatIsWrongIn(port, step.ports)),
  };
}

export const isRight = ({ title, name, code, ports }: Wrong): boolean => title === null && name === null && code === null && ports.every(isRightPort);

/** Inputs and outputs are arguments of one function. */
function whatIsWrongIn(port: WrittenPort, ports: readonly WrittenPort[]): WrongPort {
  const wrong = whatIsWrongWith(port, ports);
  const { name } = port;
  if (keywords.has(name) || name === 'help') return { ...wrong, name: `${name} is a word of Python` };
  if (name.includes('.')) return { ...wrong, name: 'Letters, digits and _ only, not beginning with a digit' };
  return wrong.name === null && ports.some((other) => other !== port && other.name === name) ? { ...wrong, name: 'There is another one' } : wrong;
}
