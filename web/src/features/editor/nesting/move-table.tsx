import { fateOf, type PortFate, type PortMove, type Replacement } from '@pipewright/shared/draft/replace-component.ts';
import { bindingsOfStep } from '@pipewright/shared/pipeline/map-bindings.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import { filledOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import { Select } from '@mantine/core';
import { IconArrowRight, IconCheck, IconPlugConnectedX, IconTrash, IconAlertTriangle } from '@tabler/icons-react';
import classes from './nesting.module.css';

interface MoveTableProps {
  readonly replacement: Replacement;
  readonly moves: readonly PortMove[];
  readonly onMove: (move: PortMove, to: string | null) => void;
}

const fates = {
  kept: { word: 'Kept', icon: IconCheck },
  mapped: { word: 'Moved', icon: IconArrowRight },
  unsuited: { word: 'Types differ', icon: IconAlertTriangle },
  lost: { word: 'No such port', icon: IconPlugConnectedX },
  removed: { word: 'Taken away', icon: IconTrash },
} as const satisfies Record<PortFate, unknown>;

const takenAway = ' ';

/** Every port and parameter in use, where it goes, and how that will look. */
export function MoveTable({ replacement, moves, onMove }: MoveTableProps) {
  if (moves.length === 0) return <p className="pw-sm pw-t2">Nothing is connected to the step, and no parameter of it is set.</p>;
  return (
    <div className={classes.moves}>
      <table aria-label="What becomes of its wires and values">
        <thead>
          <tr>
            <th scope="col">Now</th>
            <th scope="col">Holds</th>
            <th scope="col">Goes to</th>
            <th scope="col">So it is</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => {
            const fate = fateOf(replacement, move);
            const { word, icon: Icon } = fates[fate];
            const said = wordsFor(replacement, move);
            return (
              <tr key={`${move.side} ${move.name}`} data-move={`${move.side}.${move.name}`}>
                <th scope="row">
                  <span className="pw-muted">{move.side === 'inputs' ? 'in' : 'out'}</span> <span className="pw-mono">{move.name}</span>
                </th>
                <td>
                  <span className={classes.holds} title={said}>
                    {said}
                  </span>
                </td>
                <td>
                  <Select
                    size="xs"
                    aria-label={`Where ${move.name} goes`}
                    allowDeselect={false}
                    data={choicesFor(replacement, move)}
                    value={move.to ?? takenAway}
                    onChange={(value) => value !== null && onMove(move, value === takenAway ? null : value)}
                  />
                </td>
                <td>
                  <span className={classes.fate} data-fate={fate}>
                    <Icon size={14} stroke={1.8} aria-hidden />
                    {word}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function choicesFor({ next }: Replacement, { side, name }: PortMove) {
  const names = Object.keys(next.ports[side]);
  return [
    ...names.map((value) => ({ value, label: value })),
    ...(names.includes(name) ? [] : [{ value: name, label: `${name}, shown broken` }]),
    { value: takenAway, label: 'Take it away' },
  ];
}

/** What stands in the port, or who reads it, in a few words. */
function wordsFor({ document: { jobs }, key }: Replacement, { side, name }: PortMove): string {
  const titleOf = (step: string): string => jobs[step]?.display_name ?? step;
  if (side === 'outputs') {
    const readers = Object.entries(jobs).flatMap(([reader, step]) =>
      bindingsOfStep(step).some(({ binding }) => binding.source === 'step-output' && binding.step === key && binding.name === name) ? [titleOf(reader)] : [],
    );
    const fills = filledOutput(jobs[key]?.outputs[name]);
    return [...readers, ...(fills === null ? [] : [`pipeline output ${fills}`])].join(', ') || 'settings of its own';
  }
  const value = jobs[key]?.inputs[name];
  const text = value !== null && typeof value === 'object' ? value.path : String(value ?? '');
  const binding = parseBinding(text);
  if (binding?.source === 'step-output') return `${binding.name} of ${titleOf(binding.step)}`;
  return binding?.source === 'pipeline-input' ? `pipeline input ${binding.name}` : text;
}
