import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconRepeat } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { itemNumber, type ItemNoun, itemsTitle, itemTitle } from '../canvas/item-noun.ts';
import { runStoreOf } from '../realtime/run-store.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { formatCount } from '../ui/format/number.ts';
import { StepRow } from './step-row.tsx';
import classes from './step-run.module.css';

/** More than these nobody reads; those that failed are among them. */
const mostItems = 200;

interface ItemsListProps {
  readonly run: string;
  /** The loop. */
  readonly step: string;
  readonly noun: ItemNoun;
  /** With which each of them opens. */
  readonly tab?: string;
}

/** The keys of what a loop consists of, those that failed first. */
export function useItemKeys(run: string, loop: string): string[] {
  return useStore(
    runStoreOf(run),
    useShallow((view) => itemsOf(view.steps, loop)),
  );
}

/** The items of a loop as they come. */
export function ItemsList({ run, step, noun, tab = 'logs' }: ItemsListProps) {
  const keys = useItemKeys(run, step);
  if (keys.length === 0) return <EmptyState icon={IconRepeat} title={`No ${noun}s yet`} hint="They are listed as they come." />;
  return (
    <ul className={classes.stepList} aria-label={itemsTitle(noun)}>
      {keys.slice(0, mostItems).map((key) => (
        <StepRow key={key} run={run} step={key} title={itemTitle(noun, key)} tab={tab} />
      ))}
      {keys.length > mostItems && <li className={classes.outlineNone}>and {formatCount(keys.length - mostItems)} more</li>}
    </ul>
  );
}

function itemsOf(steps: Readonly<Record<string, StepRun>>, loop: string): string[] {
  const isFailed = (key: string): number => Number(steps[key]?.status === 'failed' || steps[key]?.status === 'timed-out');
  return Object.keys(steps)
    .filter((key) => key.startsWith(`${loop}/`))
    .toSorted((a, b) => isFailed(b) - isFailed(a) || itemNumber(a) - itemNumber(b));
}
