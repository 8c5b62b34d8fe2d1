import type { ProblemSeverity } from '@pipewright/shared/graph/problem.ts';
import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconSearch, IconTool, IconX } from '@tabler/icons-react';
import { FilterChip } from '../../../ui/filter/filter-chip.tsx';
import { countBySeverity, type Grouping, groupings, type Listed, type ProblemFilter } from '../model/listed-problems.ts';
import classes from './problems.module.css';

interface ProblemToolsProps {
  readonly rows: readonly Listed[];
  readonly filter: ProblemFilter;
  readonly onFilter: (filter: ProblemFilter) => void;
  readonly grouping: Grouping;
  readonly onGrouping: (grouping: Grouping) => void;
  /** Null where there is nothing to fix. */
  readonly onFixAll: (() => void) | null;
  readonly onClose: () => void;
}

const words = { error: ['error', 'errors'], warning: ['warning', 'warnings'], note: ['note', 'notes'] } as const satisfies Record<ProblemSeverity, unknown>;
const severities: readonly ProblemSeverity[] = ['error', 'warning', 'note'];

/** What the list of problems is narrowed to and ordered by, and what is done with all of them. */
export function ProblemTools({ rows, filter, onFilter, grouping, onGrouping, onFixAll, onClose }: ProblemToolsProps) {
  const counts = countBySeverity(rows);
  const toggle = (severity: ProblemSeverity): void => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(severity)) hidden.add(severity);
    onFilter({ ...filter, hidden });
  };
  return (
    <div className={classes.tools}>
      <TextInput
        size="xs"
        className={classes.search}
        placeholder="Filter problems"
        aria-label="Filter problems"
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        data-autofocus
      />
      <span className={classes.chips} role="group" aria-label="Kinds of problems">
        {severities
          .filter((severity) => counts[severity] > 0)
          .map((severity) => (
            <FilterChip key={severity} isOn={!filter.hidden.has(severity)} onToggle={() => toggle(severity)}>
              {counts[severity]} {words[severity][counts[severity] === 1 ? 0 : 1]}
            </FilterChip>
          ))}
      </span>
      <SegmentedControl
        className={classes.grouping}
        aria-label="Order the problems by"
        data={groupings.map((value) => ({ value, label: value === 'severity' ? 'By severity' : 'By step' }))}
        value={grouping}
        onChange={(value) => onGrouping(groupings.find((known) => known === value) ?? 'severity')}
      />
      <span className={classes.toolsEnd}>
        {onFixAll && (
          <Button size="xs" variant="default" leftSection={<IconTool size={14} stroke={1.8} />} onClick={onFixAll}>
            Fix all…
          </Button>
        )}
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close the problems" onClick={onClose}>
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
}
