import { fateOf, leftUnfilled, type PortMove, type Replacement } from '@pipewright/shared/draft/replace-component.ts';
import { searchSpaceOf } from '@pipewright/shared/pipeline/step.ts';
import { countOf } from '../../../ui/format/number.ts';
import { MoveTable } from '../nesting/move-table.tsx';
import classes from './code.module.css';

interface WiresAfterProps {
  readonly replacement: Replacement;
  readonly moves: readonly PortMove[];
  readonly onMove: (move: PortMove, to: string | null) => void;
}

/** What becomes of the wires and values of the step, before the version is there; those that find no port can be put elsewhere. */
export function WiresAfter({ replacement, moves, onMove }: WiresAfterProps) {
  const lost = moves.filter((move) => ['lost', 'unsuited'].includes(fateOf(replacement, move)));
  const isAllKept = moves.every((move) => fateOf(replacement, move) === 'kept');
  const step = replacement.document.jobs[replacement.key];
  const tried = step ? searchSpaceOf(step) : {};
  const unfilled = leftUnfilled(replacement.next, moves).filter((name) => !Object.hasOwn(tried, name));
  return (
    <section className={classes.wires} aria-label="Wires and values of the step">
      <p className="pw-sm pw-t2" role="status">
        {lost.length > 0
          ? `${countOf(lost.length, 'wire or value', 'wires or values')} of the step will not fit any more: ${lost.map(({ name }) => name).join(', ')}.`
          : 'Every wire and value of the step finds its port.'}
      </p>
      {!isAllKept && <MoveTable replacement={replacement} moves={moves} onMove={onMove} />}
      {unfilled.length > 0 && (
        <p className="pw-sm pw-t2">
          Needs a value afterwards: <span className="pw-mono">{unfilled.join(', ')}</span>
        </p>
      )}
    </section>
  );
}
