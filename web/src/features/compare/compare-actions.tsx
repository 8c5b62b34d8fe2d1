import { compareRuns } from '@pipewright/shared/run/compare-runs.ts';
import { Button } from '@mantine/core';
import { IconDownload, IconLink } from '@tabler/icons-react';
import { useLocation } from 'react-router';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { copyLink } from '../../ui/text/copy-link.ts';
import { saveFile } from '../../ui/text/save-file.ts';
import { comparedMetrics, type ComparedRun } from './compared-run.ts';

/** What can be done with a comparison as a whole. */
export function CompareActions({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const { pathname, search } = useLocation();
  const copy = (): void => void copyLink(pathname + search, 'this comparison');
  const save = (): void => saveFile(new Blob([comparisonTable(runs)], { type: 'text/csv' }), `runs-${runs.map(({ run }) => run.id).join('-')}.csv`);
  useCommands('compare', [
    { id: 'runs.copy-link', title: 'Copy the link to this comparison', group: 'Runs', keywords: 'share', run: copy },
    { id: 'runs.save-table', title: 'Save this comparison as a table (CSV)', group: 'Runs', keywords: 'export download', run: save },
  ]);
  return (
    <>
      <Button variant="default" leftSection={<IconLink size={16} stroke={1.8} />} onClick={copy}>
        Copy link
      </Button>
      <Button variant="default" leftSection={<IconDownload size={16} stroke={1.8} />} onClick={save}>
        Save as CSV
      </Button>
    </>
  );
}

/** All values and metrics, a line each. Numbers stand as they are, texts in quotes. */
function comparisonTable(runs: readonly ComparedRun[]): string {
  const { steps } = compareRuns(runs.map(({ run }) => run));
  const head = ['step', 'kind', 'name', ...runs.map(({ run }) => `run ${run.id}`)];
  const values = steps.flatMap(({ key, values: own }) =>
    own.map(({ kind, name, values: ofRuns }) => [
      key,
      kind,
      name,
      ...ofRuns.map((value) => (value === null ? '' : value.kind === 'text' ? value.text : (value.artifact?.hash ?? value.source))),
    ]),
  );
  const metrics = comparedMetrics(runs, steps).map(({ step, name, values: ofRuns }) => [
    step.key,
    'metric',
    name,
    ...ofRuns.map((value) => (value === undefined ? '' : String(value ?? 'NaN'))),
  ]);
  return [head, ...values, ...metrics].map((cells) => cells.map(quoted).join(',')).join('\r\n');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
