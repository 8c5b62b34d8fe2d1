import { IconChevronRight, IconCircleX, IconFrame, IconNote } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import type { StepFacts } from '../../../canvas/step-facts.ts';
import { useFact } from '../../../canvas/fact.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { useDerived } from '../store/editor-context.tsx';
import type { OutlineLine } from './outline-lines.ts';
import classes from './outline.module.css';

interface OutlineRowProps {
  readonly line: OutlineLine;
  readonly facts: StepFacts;
  readonly isSelected: boolean;
  /** The one line that Tab comes to. */
  readonly isStop: boolean;
  readonly onChoose: (line: OutlineLine) => void;
  readonly onToggle: (line: OutlineLine) => void;
}

const indent = 14;

export const OutlineRow = memo(function OutlineRow({ line, facts, isSelected, isStop, onChoose, onToggle }: OutlineRowProps) {
  const { id, kind, title, level, isExpanded, place, siblings, steps } = line;
  return (
    // The tree has the keys of its lines.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      className={classes.row}
      role="treeitem"
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={isSelected}
      {...(isExpanded === null ? {} : { 'aria-expanded': isExpanded })}
      tabIndex={isStop ? 0 : -1}
      data-outline={id}
      style={{ paddingLeft: 6 + (level - 1) * indent }}
      onClick={() => onChoose(line)}
    >
      {isExpanded === null ? (
        <span className={classes.chevronSpace} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the right arrow does it by keys
        <span
          className={classes.chevron}
          data-open={isExpanded || undefined}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(line);
          }}
        >
          <IconChevronRight size={14} stroke={1.8} aria-hidden />
        </span>
      )}
      <RowIcon line={line} />
      <span className={classes.rowTitle} title={kind === 'step' ? id : title}>
        {title}
      </span>
      {kind === 'group' && <span className={classes.rowCount}>{steps.length}</span>}
      {kind === 'step' && <Standing step={id} facts={facts} />}
    </div>
  );
});

function RowIcon({ line: { id, kind } }: { readonly line: OutlineLine }) {
  if (kind === 'step') return <StepTile step={id} />;
  const Icon = kind === 'group' ? IconFrame : IconNote;
  return <Icon size={15} stroke={1.8} className={classes.groupIcon} aria-hidden />;
}

function StepTile({ step }: { readonly step: string }) {
  const view = useDerived((derived) => derived.drawn.get(step));
  return <FamilyTile family={view?.family ?? 'other'} icon={view?.icon} size="sm" />;
}

/** What became of it in the attached run, and whether something is wrong with it. */
function Standing({ step, facts }: { readonly step: string; readonly facts: StepFacts }) {
  const status = useFact(useMemo(() => facts.status(step), [facts, step]));
  const problems = useFact(useMemo(() => facts.problemCount(step), [facts, step]));
  return (
    <>
      {problems > 0 && (
        <span className={classes.rowProblem} title={countOf(problems, 'problem')}>
          <IconCircleX size={14} stroke={2} aria-hidden />
          <span className="pw-hidden">, {countOf(problems, 'problem')}</span>
        </span>
      )}
      {status !== 'none' && (
        <span className={classes.rowStatus} title={statusWord(status)}>
          <StatusIcon status={status} />
          <span className="pw-hidden">, {statusWord(status)}</span>
        </span>
      )}
    </>
  );
}
