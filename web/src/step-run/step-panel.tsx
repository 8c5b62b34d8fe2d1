import type { Run } from '@pipewright/shared/http/runs.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { Tabs } from '@mantine/core';
import { Link } from 'react-router';
import { itemNumber } from '../canvas/item-noun.ts';
import { useStepRun } from '../realtime/run-store.ts';
import { ResizablePanel } from '../ui/panels/resizable-panel.tsx';
import { MiniBatches } from './mini-batches.tsx';
import { StepHead } from './step-head.tsx';
import { stepHref } from './step-href.ts';
import { StepStanding } from './step-standing.tsx';
import { StepTab } from './step-tab.tsx';
import { shownTab, tabsOf, tabTitles, type TabName } from './tab-names.ts';
import { TabCount } from './tab-count.tsx';
import classes from './step-run.module.css';

interface StepPanelProps {
  readonly run: Run;
  readonly stepKey: string;
  readonly step: ResolvedStep;
  /** Null: none was chosen. */
  readonly tab: string | null;
  readonly onTab: (tab: string) => void;
  readonly onClose: () => void;
}

/** One step of a run: what it is, how it stands, and everything it left behind. */
export function StepPanel(props: StepPanelProps) {
  return (
    <ResizablePanel name="step" label={`Step run: ${props.step.displayName}`} side="right" defaultSize={428}>
      <StepRunView {...props} />
    </ResizablePanel>
  );
}

/** The same without a panel around it. */
export function StepRunView({ run, stepKey, step, tab, onTab, onClose }: StepPanelProps) {
  const stepRun = useStepRun(run.id, stepKey);
  const { component } = step;
  const extension = component['x-pipewright'];
  const tabs = tabsOf(step);
  const shown = shownTab(step, tab);
  return (
    <>
      <StepHead family={extension?.family ?? 'other'} icon={extension?.icon} title={step.displayName} stepKey={stepKey} onClose={onClose}>
        {component.display_name ?? component.name ?? 'own command'} {component.version}
        {stepRun && stepRun.attempts > 1 && ` · attempt ${stepRun.attempts}`}
      </StepHead>
      {stepRun && <StepStanding run={run} stepRun={stepRun} />}
      {stepRun && isParallel(step) && <MiniBatches address={{ run: run.id, step: stepKey }} stepRun={stepRun} />}
      <Tabs value={shown} onChange={(value) => onTab(value ?? shown)} keepMounted={false} className={classes.tabs}>
        <Tabs.List aria-label={`Parts of ${step.displayName}`}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {tabTitles[name]}
              <TabCount name={name} run={run.id} stepKey={stepKey} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {stepRun?.status === 'completed' && stepRun.best && ofBestTrial.includes(shown) && (
          <p className={classes.about}>
            Of{' '}
            <Link className="pw-link" to={stepHref({ run: run.id, step: stepRun.best.step, tab: shown })}>
              trial {itemNumber(stepRun.best.step)}
            </Link>
            , the best
          </p>
        )}
        <Tabs.Panel value={shown} className={classes.tabBody}>
          <StepTab name={shown} run={run} stepKey={stepKey} step={step} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** What a sweep shows as its own in these is that of its best trial. */
const ofBestTrial: readonly TabName[] = ['logs', 'metrics', 'outputs'];

/** A parallel step is the command that works on its mini-batches. */
const isParallel = ({ component }: ResolvedStep): boolean => component.command.startsWith('python -m pipewright_parallel ');
