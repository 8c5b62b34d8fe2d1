import { Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { recentRunsQuery } from '../../api/runs.ts';
import { statusWord } from '../../ui/status/status-looks.ts';
import { mostRuns } from './run-letter.tsx';

interface AddRunProps {
  readonly ids: readonly string[];
  /** Runs of this one come first. */
  readonly pipeline: string | null;
  readonly onAdd: (id: string) => void;
}

/** Chooses one more run, by its number, its name or its pipeline. */
export function AddRun({ ids, pipeline, onAdd }: AddRunProps) {
  const { data: runs = [] } = useQuery(recentRunsQuery());
  const open = runs.filter(({ id }) => !ids.includes(id));
  const optionOf = ({ id, name, status }: (typeof runs)[number]) => ({ value: id, label: `Run ${id} · ${name} · ${statusWord(status)}` });
  const same = open.filter(({ pipelineName }) => pipelineName === pipeline);
  const others = open.filter(({ pipelineName }) => pipelineName !== pipeline);
  const groups = [
    { group: `Of ${pipeline ?? ''}`, items: same.map(optionOf) },
    { group: pipeline === null ? 'Newest' : 'Of other pipelines', items: others.map(optionOf) },
  ].filter(({ items }) => items.length > 0);
  const isFull = ids.length >= mostRuns;
  return (
    <Select
      w={190}
      aria-label="Add a run"
      placeholder={isFull ? 'Five at most' : 'Add a run'}
      disabled={isFull}
      searchable
      value={null}
      data={groups}
      leftSection={<IconPlus size={15} stroke={1.8} aria-hidden />}
      comboboxProps={{ width: 360, position: 'bottom-end' }}
      maxDropdownHeight={360}
      nothingFoundMessage="No such run among the newest"
      onChange={(id) => id !== null && onAdd(id)}
    />
  );
}
