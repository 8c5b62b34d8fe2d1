import type { ComparedRunStep } from '@pipewright/shared/run/compare-runs.ts';
import { Select } from '@mantine/core';
import { IconEqual, IconFileOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { DifferenceLines } from '../../canvas/compare/difference-lines.tsx';
import { type StepLog, useLog } from '../../logs/use-log.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import type { ComparedRun } from './compared-run.ts';
import { letterOf } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface ComparedLogsProps {
  readonly runs: readonly ComparedRun[];
  readonly steps: readonly ComparedRunStep[];
  readonly selected: string | null;
  readonly choice: ReactNode;
}

/** What a step said in one run and in the first, line by line. */
export function ComparedLogs({ runs, steps, selected, choice }: ComparedLogsProps) {
  const both = steps.filter(({ keys }) => keys[0] !== null && keys.some((key, index) => index > 0 && key !== null));
  const [chosen, setChosen] = useState<string | null>(null);
  const [other, setOther] = useState(1);
  const step =
    both.find(({ key }) => key === chosen) ?? both.find(({ key }) => key === selected) ?? both.find(({ standing }) => standing === 'changed') ?? both[0];
  const having = runs.flatMap((_, index) => (index > 0 && (step?.keys[index] ?? null) !== null ? [index] : []));
  const against = having.includes(other) ? other : having[0];
  return (
    <>
      <header className={classes.head}>
        <h2>Logs</h2>
        {step && (
          <Select
            size="xs"
            w={180}
            aria-label="Step"
            searchable
            allowDeselect={false}
            value={step.key}
            onChange={setChosen}
            data={both.map(({ key, title }) => ({ value: key, label: title }))}
          />
        )}
        {having.length > 1 && against !== undefined && (
          <Select
            size="xs"
            w={96}
            aria-label="Run that is held against A"
            allowDeselect={false}
            value={String(against)}
            onChange={(index) => setOther(Number(index))}
            data={having.map((index) => ({ value: String(index), label: `A → ${letterOf(index)}` }))}
          />
        )}
        <span className={classes.headEnd}>{choice}</span>
      </header>
      {step && against !== undefined ? (
        <LogDifference
          key={`${step.key} ${against}`}
          before={{ run: runs[0]?.run.id ?? '', step: step.keys[0] ?? '' }}
          after={{ run: runs[against]?.run.id ?? '', step: step.keys[against] ?? '' }}
        />
      ) : (
        <EmptyState icon={IconFileOff} title="No step is in both" hint="Logs are compared of steps that A and another run have." />
      )}
    </>
  );
}

interface LogDifferenceProps {
  readonly before: Parameters<typeof useLog>[0] & object;
  readonly after: Parameters<typeof useLog>[0] & object;
}

/** Of long logs the last lines. */
const mostLines = 2000;
const textOf = ({ lines, stepFrom, stepTo }: StepLog): string => lines.slice(stepFrom, stepTo).slice(-mostLines).join('\n');
const isThere = ({ state }: StepLog): boolean => state !== 'reading';

function LogDifference({ before, after }: LogDifferenceProps) {
  const [old, next] = [useLog(before), useLog(after)];
  const [oldText, nextText] = [textOf(old), textOf(next)];
  const failure = old.error ?? next.error;
  if (failure !== null) return <EmptyState icon={IconFileOff} title="A log could not be read" hint={failure} />;
  if (!isThere(old) || !isThere(next)) return <SkeletonRows count={4} />;
  if (oldText === nextText)
    return (
      <EmptyState
        icon={IconEqual}
        title={oldText === '' ? 'It said nothing' : 'It said the same'}
        hint={oldText === '' ? 'Neither run has a line of the step itself.' : 'Every line of the step is alike in both runs.'}
      />
    );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <div className={classes.log} tabIndex={0} role="group" aria-label="Difference of the logs">
      <DifferenceLines before={oldText} after={nextText} />
    </div>
  );
}
