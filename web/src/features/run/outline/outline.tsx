import type { Run } from '@pipewright/shared/http/runs.ts';
import { splitItemKey } from '@pipewright/shared/run/item-key.ts';
import { isStepEnded, type StepStatus } from '@pipewright/shared/run/status.ts';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { itemNumber } from '../../../canvas/item-noun.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { FilterChip } from '../../../ui/filter/filter-chip.tsx';
import { ResizablePanel } from '../../../ui/panels/resizable-panel.tsx';
import { useIsNarrow } from '../../../ui/panels/use-is-narrow.ts';
import classes from '../../../step-run/step-run.module.css';
import { titleInRun } from '../../../step-run/step-of-key.ts';
import { openingTab } from '../../../step-run/tab-names.ts';
import { OutlinePipelineRow, OutlineRow } from './outline-row.tsx';
import { answersTo, outlineTree } from './outline-tree.ts';
import { RunFacts } from './run-facts-box.tsx';

interface OutlineProps {
  readonly run: Run;
  readonly selected: string | null;
  /** The tab that a person has chosen; null: each step opens with its own. */
  readonly tab: string | null;
}

/** In the order in which they are offered. */
const groups = {
  all: { title: 'All', includes: () => true },
  failed: { title: 'Failed', includes: (status: StepStatus) => status === 'failed' || status === 'timed-out' || status === 'lost' },
  active: { title: 'Active', includes: (status: StepStatus) => !isStepEnded(status) && status !== 'waiting' },
} as const;
type GroupName = keyof typeof groups;
const groupNames = Object.keys(groups) as GroupName[]; // The keys of a record over GroupName.

/** The steps of a run as a list, and the facts of the run below it. */
export function Outline({ run, selected, tab }: OutlineProps) {
  const isNarrow = useIsNarrow();
  const [text, setText] = useState('');
  const [group, setGroup] = useState<GroupName>('all');
  const field = useRef<HTMLInputElement>(null);
  const known = useMemo(() => run.steps.map((step) => step.key), [run.steps]);
  // The items of a loop come in while the run goes on.
  const keys = useStore(
    runStoreOf(run.id),
    useShallow((view) => withItems(known, Object.keys(view.steps))),
  );
  const shown = useStore(
    runStoreOf(run.id),
    useShallow((view) =>
      answersTo(run.snapshot, keys, {
        text,
        isWanted: (key) => {
          const status = view.steps[key]?.status;
          return status !== undefined && groups[group].includes(status);
        },
      }),
    ),
  );
  useCommands('outline', [{ id: 'outline.filter', title: 'Filter steps', group: 'Run', keys: '/', run: () => field.current?.focus() }]);

  const lines = useMemo(() => outlineTree(run.snapshot, isNarrow ? keys : shown), [run, isNarrow, keys, shown]);
  const rows = (
    <ul className={classes.outlineList} aria-label="Steps">
      {lines.map((line) => {
        const Row = line.isPipeline ? OutlinePipelineRow : OutlineRow;
        return (
          <Row
            key={line.key}
            run={run.id}
            line={line}
            fullTitle={titleInRun(run.snapshot, line.key)}
            tab={openingTab(run.snapshot, line.key, tab)}
            isSelected={line.key === selected}
            isNarrow={isNarrow}
          />
        );
      })}
      {!isNarrow && shown.length === 0 && <li className={classes.outlineNone}>No step answers to that.</li>}
    </ul>
  );
  return (
    <ResizablePanel name="outline" label="Outline" side="left" defaultSize={232} strip={isNarrow ? { size: 46, content: rows } : undefined}>
      <div className={classes.outlineHead}>
        <TextInput
          ref={field}
          size="xs"
          placeholder="Filter steps"
          aria-label="Filter steps"
          leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
          rightSection={text === '' && <CommandKeys of="outline.filter" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.groups} role="group" aria-label="Which steps">
          {groupNames.map((name) => (
            <GroupButton key={name} run={run.id} name={name} isOn={group === name} onChoose={() => setGroup(name)} />
          ))}
        </div>
      </div>
      {rows}
      <RunFacts run={run} />
    </ResizablePanel>
  );
}

interface GroupButtonProps {
  readonly run: string;
  readonly name: GroupName;
  readonly isOn: boolean;
  readonly onChoose: () => void;
}

function GroupButton({ run, name, isOn, onChoose }: GroupButtonProps) {
  const { title, includes } = groups[name];
  const count = useStore(runStoreOf(run), (view) => Object.values(view.steps).filter((step) => includes(step.status)).length);
  return (
    <FilterChip isOn={isOn} onToggle={onChoose}>
      {title} <span className="pw-num">{count}</span>
    </FilterChip>
  );
}

/** More items than this of one loop are not listed: nobody reads them. */
const mostItems = 200;

/** The steps of the graph in their order, each loop followed by its items in theirs. */
function withItems(known: readonly string[], all: readonly string[]): string[] {
  const items = new Map<string, string[]>();
  for (const key of all) {
    const loop = splitItemKey(key)?.loop;
    if (loop === undefined) continue;
    const ofLoop = items.get(loop);
    if (ofLoop) ofLoop.push(key);
    else items.set(loop, [key]);
  }
  const inOrder = (keys: readonly string[]): string[] => keys.toSorted((a, b) => itemNumber(a) - itemNumber(b)).slice(0, mostItems);
  // What stands below a step is an item of it; what stands below a pipeline inside the run is a step.
  const steps = new Set(known);
  const isItem = (key: string): boolean => steps.has(splitItemKey(key)?.loop ?? '');
  return known.filter((key) => !isItem(key)).flatMap((key) => [key, ...inOrder(items.get(key) ?? [])]);
}
