import { useQuery } from '@tanstack/react-query';
import { metricsQuery } from '../api/step-runs.ts';
import { useStepRun } from '../realtime/run-store.ts';
import type { TabName } from './tab-names.ts';

interface TabCountProps {
  readonly name: TabName;
  readonly run: string;
  readonly stepKey: string;
}

/** How many there are behind a tab, where that can be counted. */
export function TabCount({ name, run, stepKey }: TabCountProps) {
  const stepRun = useStepRun(run, stepKey);
  const hasStarted = stepRun !== undefined && (stepRun.attempts > 0 || stepRun.status === 'reused');
  const metrics = useQuery({ ...metricsQuery({ run, step: stepKey }), enabled: name === 'metrics' && hasStarted });
  const outputs = stepRun && 'outputs' in stepRun ? Object.keys(stepRun.outputs).length : 0;
  const count = name === 'metrics' ? (metrics.data?.metrics.length ?? 0) : name === 'outputs' ? outputs : 0;
  if (count === 0) return null;
  return <span className="pw-num pw-muted"> {count}</span>;
}
