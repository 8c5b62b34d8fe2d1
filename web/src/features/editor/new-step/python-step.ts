import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { isScalarType, PortType, type ScalarType } from '@pipewright/shared/component/port-type.ts';
import type { CodeChanges } from '@pipewright/shared/http/component-code.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { z } from 'zod';

const PythonPort = z.object({
  side: z.enum(['inputs', 'outputs']),
  name: z.string(),
  type: PortType,
  /** As it is typed; empty: none. */
  fallback: z.string(),
  isOptional: z.boolean(),
  description: z.string(),
});
export type PythonPort = z.infer<typeof PythonPort>;

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
  ports: z.array(PythonPort),
});
export type PythonStep = z.infer<typeof PythonStep>;

export const newPort = (side: PythonPort['side'], name: string, type: PortType): PythonPort => ({
  side,
  name,
  type,
  fallback: '',
  isOptional: false,
  description: '',
});

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
export function componentOfStep(written: PythonStep, name: string): { readonly component: CommandComponent; readonly files: CodeChanges } {
  const step = inOrder(written);
  const of = (side: PythonPort['side']) => Object.fromEntries(step.ports.filter((port) => port.side === side).map((port) => [port.name, definitionOf(port)]));
  const component = CommandComponent.parse({
    type: 'command',
    name,
    display_name: step.title.trim(),
    command: ['python main.py', ...step.ports.map(argumentOf)].join(' '),
    inputs: of('inputs'),
    outputs: of('outputs'),
    ...(step.environment === null ? {} : { environment: step.environment }),
    'x-pipewright': { family: 'code', icon: 'code' },
  });
  const code = codeOfStep(step);
  return { component, files: step.form === 'script' ? { 'main.py': code } : { 'function.py': code, 'main.py': callerOf(step) } };
}

function definitionOf({ side, type, fallback, isOptional, description }: PythonPort) {
  const described = description.trim() === '' ? {} : { description: description.trim() };
  if (side === 'outputs') return { type, ...described };
  const value = fallback === '' || !isScalarType(type) ? undefined : readDefault(fallback, type);
  return { type, ...(value === undefined ? {} : { default: value }), ...(isOptional && value === undefined ? { optional: true } : {}), ...described };
}

function readDefault(text: string, type: ScalarType): Scalar | undefined {
  if (type === 'string') return text;
  const said = text.trim().toLowerCase();
  if (type === 'boolean') return said === 'true' ? true : said === 'false' ? false : undefined;
  const number = Number(said);
  return said !== '' && (type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number)) ? number : undefined;
}

/** A text goes by a variable, where the shell does not read it. */
function argumentOf({ side, name, type, isOptional, fallback }: PythonPort): string {
  if (side === 'inputs' && type === 'string') return `--${name}="$PIPEWRIGHT_INPUT_${name}"`;
  const argument = `--${name}=\${{${side}.${name}}}`;
  return side === 'inputs' && isOptional && fallback === '' ? `$[[${argument}]]` : argument;
}

// ---- its code -----------------------------------------------------------------------------------------------------

export const codeOfStep = (step: PythonStep): string => step.code ?? (step.form === 'function' ? functionFor(inOrder(step)) : scriptFor(inOrder(step)));

/** Inputs before outputs, however they were added. */
const inOrder = (step: PythonStep): PythonStep => ({
  ...step,
  ports: [...step.ports.filter(({ side }) => side === 'inputs'), ...step.ports.filter(({ side }) => side === 'outputs')],
});

/** Ports that code which somebody wrote does not speak of. */
export const portsNotInCode = ({ code, ports }: PythonStep): string[] =>
  code === null ? [] : ports.flatMap(({ name }) => (new RegExp(`\\b${RegExp.escape(name)}\\b`).test(code) ? [] : [name]));

const pythonTypes = { string: 'str', integer: 'int', number: 'float', boolean: 'bool' } as const satisfies Record<ScalarType, string>;
const pythonType = (type: PortType): string => (isScalarType(type) ? pythonTypes[type] : 'Path');
const isAbsent = ({ side, isOptional, fallback }: PythonPort): boolean => side === 'inputs' && isOptional && fallback === '';

function functionFor({ ports }: PythonStep): string {
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

function scriptFor({ ports }: PythonStep): string {
  return [...readingOf(ports), '', ...bodyFor(ports, '', 'arguments.'), ''].join('\n');
}

/** Says what came in, and fills every output with something. */
function bodyFor(ports: readonly PythonPort[], indent: string, from: string): string[] {
  const lines = ports.map(({ side, name, type }) => {
    if (side === 'inputs') return `print("${name}:", ${from}${name})`;
    return type === 'uri_file' ? `${from}${name}.write_text("done\\n")` : `(${from}${name} / "${name}.txt").write_text("done\\n")`;
  });
  return (lines.length === 0 ? ['print("done")'] : lines).map((line) => `${indent}${line}`);
}

function readingOf(ports: readonly PythonPort[]): string[] {
  const readers: Readonly<Partial<Record<PortType, string>>> = { integer: 'int', number: 'float', boolean: 'lambda text: text == "True"' };
  const reader = (port: PythonPort): string =>
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
const callerOf = ({ ports }: PythonStep): string =>
  [
    '"""Calls `run` of function.py with what the step is given."""',
    '',
    ...readingOf(ports).toSpliced(2, 0, '', 'from function import run'),
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
  readonly ports: readonly { readonly name: string | null; readonly fallback: string | null }[];
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
    name: !isAssetName(name) ? 'Letters, digits, dots, dashes and underscores' : Object.hasOwn(taken, name) ? `There is a component ${name} already` : null,
    code: step.form === 'function' && !/^(async\s+)?def\s+run\s*\(/m.test(codeOfStep(step)) ? 'The code needs a function run(…)' : null,
    ports: step.ports.map((port) => ({ name: whyNotNamed(port, step.ports), fallback: whyNotDefault(port) })),
  };
}

export const isRight = ({ title, name, code, ports }: Wrong): boolean =>
  title === null && name === null && code === null && ports.every((port) => port.name === null && port.fallback === null);

function whyNotNamed({ name }: PythonPort, ports: readonly PythonPort[]): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'Letters, digits and _';
  if (keywords.has(name) || name === 'help') return `${name} is a word of Python`;
  return ports.filter((other) => other.name === name).length > 1 ? 'There is another one' : null;
}

function whyNotDefault({ side, type, fallback }: PythonPort): string | null {
  if (side === 'outputs' || fallback === '' || !isScalarType(type)) return null;
  return readDefault(fallback, type) === undefined ? `That is no ${type}` : null;
}
