import { describe, expect, it } from 'vitest';
import { newPort, type WrittenPort } from '../written/written-port.ts';
import { commandProblems } from './command-problems.ts';

const data = newPort('inputs', 'data', 'uri_file');
const out = newPort('outputs', 'out', 'uri_folder');
const problemsOf = (command: string, ports: WrittenPort[] = [data, out]) => commandProblems({ command, ports });
/** What the command reads after each way out, or what is declared then. */
const waysOut = (command: string, ports: WrittenPort[] = [data, out]) =>
  problemsOf(command, ports).flatMap(({ fixes }) =>
    fixes.map(({ label, change }) => [label, change.command ?? change.ports?.map(({ side, name }) => `${side}.${name}`).join(' ')]),
  );

describe('what may be wrong with a command', () => {
  it('is nothing where it hands on what is declared, by its place or by a variable', () => {
    const label = newPort('inputs', 'label', 'string');
    expect(problemsOf('run ${{inputs.data}} $[[${{ outputs.out }}]] "$PIPEWRIGHT_INPUT_label"', [data, out, label])).toEqual([]);
    expect(commandProblems({ command: null, ports: [data] })).toEqual([]);
  });

  it('is a name that nothing declares: the near one is offered, and to declare it', () => {
    expect(problemsOf('run ${{inputs.dat}} ${{inputs.data}} ${{outputs.out}}').map(({ severity, text }) => [severity, text])).toEqual([
      ['error', '${{inputs.dat}} is not declared.'],
    ]);
    expect(waysOut('run ${{ inputs.dat }} ${{inputs.data}} ${{outputs.out}}')).toEqual([
      ['Write data', 'run ${{inputs.data}} ${{inputs.data}} ${{outputs.out}}'],
      ['Declare the input dat', 'inputs.data outputs.out inputs.dat'],
    ]);
    expect(waysOut('run ${{data}} ${{inputs.data}} ${{outputs.out}}')[0]).toEqual([
      'Write inputs.data',
      'run ${{inputs.data}} ${{inputs.data}} ${{outputs.out}}',
    ]);
  });

  it('knows what a port was called before', () => {
    const renamed = { ...data, name: 'table', origin: { name: 'data', definition: { type: 'uri_file' as const } } };
    expect(waysOut('run ${{inputs.data}} ${{outputs.out}}', [renamed, out])[0]).toEqual(['Write table', 'run ${{inputs.table}} ${{outputs.out}}']);
  });

  it('is a note where a port is not handed on, and an error where it cannot be read or is empty', () => {
    expect(problemsOf('run ${{outputs.out}}')).toMatchObject([{ severity: 'note', text: 'The command does not hand on the input data.' }]);
    expect(waysOut('run ${{outputs.out}}\n', [{ ...data, isOptional: true }, out])).toEqual([
      ['Add --data', 'run ${{outputs.out}} $[[--data ${{inputs.data}}]]'],
    ]);
    expect(problemsOf(' ')).toMatchObject([{ severity: 'error', text: 'A component needs a command.' }]);
    expect(problemsOf('run ${{inputs.data}} ${{outputs.out}} ${{', [data, out])).toMatchObject([{ severity: 'error' }]);
  });
});
