import { IconChevronRight } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { type Listed, listProblems, messageOf, neighbourOf } from '../model/listed-problems.ts';
import { useDerived } from '../store/editor-context.tsx';
import { FixAllDialog } from './fix-all-dialog.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { ProblemRow } from './problem-row.tsx';
import { Spotlight } from './spotlight.tsx';
import { useFailures } from './use-failures.ts';
import { useShowProblem } from './use-show-problem.ts';
import classes from './problems.module.css';

/** What blocks or failed in this pipeline: the first sentences on one line, all of them in a panel above it. */
export function ProblemsBar() {
  const [isOpen, setIsOpen] = useState(false);
  const [isFixing, setIsFixing] = useState(false);
  const [pointed, setPointed] = useState<Listed | null>(null);
  const problems = useDerived((derived) => derived.problems);
  const stepCount = useDerived((derived) => derived.views.size);
  const failures = useFailures();
  const rows = useMemo(() => listProblems(problems, failures), [problems, failures]);
  const show = useShowProblem();
  const current = useRef<string | null>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const count = rows.length;
  const fixCount = problems.filter(({ fix }) => fix?.ops).length;

  const go = (row: Listed): void => {
    current.current = row.id;
    show(row);
  };
  const step = (by: 1 | -1): void => {
    const next = neighbourOf(rows, current.current, by);
    if (!next) return;
    announce(`Problem ${rows.indexOf(next) + 1} of ${count}: ${messageOf(next)}`);
    go(next);
  };
  const close = (): void => {
    setIsOpen(false);
    setPointed(null);
    toggle.current?.focus();
  };
  const group = { group: 'Problems', keywords: 'error warning fix lint' } as const;
  const has = count > 0;
  useCommands('editor.problems', [
    {
      ...group,
      id: 'problems.toggle',
      title: isOpen ? 'Close the problems' : 'Open the problems',
      isEnabled: has,
      run: () => (isOpen ? close() : setIsOpen(true)),
    },
    { ...group, id: 'problems.next', title: 'Go to the next problem', keys: 'F8', worksInText: true, isEnabled: has, run: () => step(1) },
    { ...group, id: 'problems.previous', title: 'Go to the problem before', keys: 'Shift+F8', worksInText: true, isEnabled: has, run: () => step(-1) },
    { ...group, id: 'problems.fix-all', title: 'Fix all problems…', isEnabled: fixCount > 0, run: () => setIsFixing(true) },
  ]);
  const pointing = { onGo: go, onPoint: setPointed };
  // What was pointed at may be mended meanwhile.
  const lit = pointed && rows.some(({ id }) => id === pointed.id) ? pointed : null;
  return (
    <section className={classes.problems} aria-label="Problems" data-pane tabIndex={-1}>
      {lit && <Spotlight row={lit} />}
      {isOpen && has && <ProblemsPanel rows={rows} fixCount={fixCount} onFixAll={() => setIsFixing(true)} onClose={close} {...pointing} />}
      <div className={classes.bar}>
        <button
          ref={toggle}
          type="button"
          className={classes.toggle}
          aria-expanded={isOpen && has}
          disabled={!has}
          onClick={() => (isOpen ? close() : setIsOpen(true))}
        >
          <IconChevronRight size={14} stroke={1.8} className={classes.chevron} data-open={(isOpen && has) || undefined} aria-hidden />
          Problems
          <span className={classes.count} data-problem-count={count}>
            {count}
          </span>
        </button>
        {!(isOpen && has) && (
          <ul className={classes.first}>
            {rows.slice(0, 2).map((row) => (
              <ProblemRow key={row.id} row={row} {...pointing} />
            ))}
          </ul>
        )}
        <span className={classes.end}>{has ? countOf(stepCount, 'step') : `${countOf(stepCount, 'step')} · no problems`}</span>
      </div>
      {isFixing && <FixAllDialog problems={problems} onClose={() => setIsFixing(false)} />}
    </section>
  );
}
