import { parseTemplate } from '@pipewright/shared/expressions/parse-template.ts';
import { undeclaredIn, type UndeclaredName } from '@pipewright/shared/expressions/undeclared-in.ts';
import { whyNotAName } from '@pipewright/shared/graph/validate/why-not-a-name.ts';
import { suggestName } from '@pipewright/shared/graph/suggest-name.ts';
import { newPort, type WrittenPort } from '../written/written-port.ts';

/** What the command is written for: as much of a written component as it speaks of. */
interface Commanded {
  readonly command: string | null;
  readonly ports: WrittenPort[];
}

/** One way out of a problem: what of the component is other then. */
export interface CommandFix {
  readonly label: string;
  readonly change: Partial<Commanded>;
}

export interface CommandProblem {
  /** A note is nothing that a version cannot be saved with. */
  readonly severity: 'error' | 'note';
  readonly text: string;
  readonly fixes: readonly CommandFix[];
}

/** What is wrong with a command, or may be, for the ports that are declared. */
export function commandProblems({ command, ports }: Commanded): CommandProblem[] {
  if (command === null) return [];
  if (command.trim() === '') return [{ severity: 'error', text: 'A component needs a command.', fixes: [] }];
  const written = { command, ports };
  const unreadable = parseTemplate(command).errors.map(({ message }): CommandProblem => ({ severity: 'error', text: `${message}.`, fixes: [] }));
  const undeclared = undeclaredIn(command, declaredBy(ports)).map((name): CommandProblem => {
    const what = name.side === null ? 'names neither an input nor an output' : 'is not declared';
    return { severity: 'error', text: `\${{${name.said}}} ${what}.`, fixes: fixesFor(written, name) };
  });
  return [...unreadable, ...undeclared, ...ports.flatMap((port) => unspoken(written, port))];
}

const declaredBy = (ports: readonly WrittenPort[]) => {
  const named = (side: WrittenPort['side']) => Object.fromEntries(ports.filter((port) => port.side === side).map(({ name }) => [name, true]));
  return { inputs: named('inputs'), outputs: named('outputs') };
};

interface Written {
  readonly command: string;
  readonly ports: WrittenPort[];
}

function fixesFor({ command, ports }: Written, { said, side, name }: UndeclaredName): CommandFix[] {
  const write = (place: string, label: string): CommandFix => ({ label: `Write ${label}`, change: { command: withPlace(command, said, place) } });
  if (side === null) {
    const last = name === '' ? said : name.slice(name.lastIndexOf('.') + 1);
    return ports.filter((port) => port.name === last).map((port) => write(`${port.side}.${last}`, `${port.side}.${last}`));
  }
  const own = ports.filter((port) => port.side === side);
  const meant =
    own.find(({ origin }) => origin?.name === name)?.name ??
    suggestName(
      name,
      own.map((port) => port.name),
    );
  const what = side === 'inputs' ? 'input' : 'output';
  return [
    ...(meant === undefined ? [] : [write(`${side}.${meant}`, meant)]),
    ...(whyNotAName(name, side)
      ? []
      : [{ label: `Declare the ${what} ${name}`, change: { ports: [...ports, newPort(side, name, side === 'inputs' ? 'string' : 'uri_folder')] } }]),
  ];
}

const withPlace = (command: string, said: string, place: string): string =>
  command.replaceAll(new RegExp(String.raw`\$\{\{\s*${RegExp.escape(said)}\s*\}\}`, 'g'), () => `\${{${place}}}`);

/** Code finds a value without the command only in a variable, and a path nowhere. */
function unspoken({ command, ports }: Written, { side, name, isOptional, fallback }: WrittenPort): CommandProblem[] {
  const isSpoken =
    command.includes(`PIPEWRIGHT_INPUT_${name}`) || [...command.matchAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g)].some((match) => match[1] === `${side}.${name}`);
  if (isSpoken || name === '') return [];
  const argument = `--${name} \${{${side}.${name}}}`;
  const added = side === 'inputs' && isOptional && fallback === '' ? `$[[${argument}]]` : argument;
  return [
    {
      severity: 'note',
      text: `The command does not hand on the ${side === 'inputs' ? 'input' : 'output'} ${name}.`,
      fixes: [{ label: `Add --${name}`, change: { command: `${command.trimEnd()} ${added}`, ports } }],
    },
  ];
}
