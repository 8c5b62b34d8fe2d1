import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { itemNounIn } from '../canvas/item-noun.ts';
import { LogViewer } from '../logs/log-viewer.tsx';
import { useStepRun } from '../realtime/run-store.ts';
import { TrialsTab } from './trials/trials-tab.tsx';
import { ItemsList } from './items-list.tsx';
import { MetricsTab } from './metrics/metrics-tab.tsx';
import { OutputsTab } from './outputs-tab.tsx';
import { ParametersTab } from './parameters-tab.tsx';
import type { TabName } from './tab-names.ts';
import { WhyTab } from './why-tab.tsx';

interface StepTabProps {
  readonly name: TabName;
  readonly run: Run;
  readonly stepKey: string;
  readonly step: ResolvedStep;
}

export function StepTab({ name, run, stepKey, step }: StepTabProps) {
  const stepRun = useStepRun(run.id, stepKey);
  if (!stepRun) return null;
  const address = { run: run.id, step: stepKey };
  switch (name) {
    case 'trials':
      return <TrialsTab address={address} stepRun={stepRun} />;
    case 'items':
    case 'rounds':
      return <ItemsList run={run.id} step={stepKey} noun={itemNounIn(step.control)} />;
    case 'logs':
      return <LogViewer address={address} title={step.displayName} stepRun={stepRun} />;
    case 'metrics':
      return <MetricsTab address={address} stepRun={stepRun} />;
    case 'outputs':
      return <OutputsTab address={address} step={step} stepRun={stepRun} />;
    case 'parameters':
      return <ParametersTab run={run} step={step} stepRun={stepRun} />;
    case 'why':
      return <WhyTab run={run} step={step} stepRun={stepRun} />;
    default:
      return assertNever(name);
  }
}
