import type { Run } from '@pipewright/shared/http/runs.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useStepRun } from '../../../realtime/run-store.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { ResizablePanel } from '../../../ui/panels/resizable-panel.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';
import { stepHref } from '../step-href.ts';
import classes from '../run.module.css';
import { StepStanding } from './step-standing.tsx';
import { StepTab } from './step-tab.tsx';
import { isTabName, tabsOf, tabTitles } from './tab-names.ts';
import { TabCount } from './tab-count.tsx';

interface StepPanelProps {
  readonly run: Run;
  readonly stepKey: string;
  readonly step: ResolvedStep;
  readonly tab: string;
  readonly onClose: () => void;
}

/** One step of a run: what it is, how it stands, and everything it left behind. */
export function StepPanel({ run, stepKey, step, tab, onClose }: StepPanelProps) {
  const navigate = useNavigate();
  const stepRun = useStepRun(run.id, stepKey);
  const { component } = step;
  const extension = component['x-pipewright'];
  const tabs = tabsOf(step);
  const shown = isTabName(tab) && tabs.includes(tab) ? tab : 'logs';
  return (
    <ResizablePanel name="step" label={`Step run: ${step.displayName}`} side="right" defaultSize={428}>
      <header className={classes.stepHead}>
        <FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="lg" />
        <div className="pw-grow">
          <h2 className={classes.stepTitle}>
            <Truncate>{step.displayName}</Truncate>
          </h2>
          <p className="pw-xs pw-muted pw-clip">
            <span className="pw-mono">{stepKey}</span> · {component.display_name ?? component.name ?? 'own command'} {component.version}
            {stepRun && stepRun.attempts > 1 && ` · attempt ${stepRun.attempts}`}
          </p>
        </div>
        <Tooltip label="Close">
          <ActionIcon aria-label="Close the step" onClick={onClose}>
            <IconX size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </header>
      {stepRun && <StepStanding run={run} stepRun={stepRun} />}
      <Tabs
        value={shown}
        onChange={(value) => void navigate(stepHref({ run: run.id, step: stepKey, tab: value ?? 'logs' }), { replace: true })}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={`Parts of ${step.displayName}`}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {tabTitles[name]}
              <TabCount name={name} run={run.id} stepKey={stepKey} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} className={classes.tabBody}>
          <StepTab name={shown} run={run} stepKey={stepKey} step={step} />
        </Tabs.Panel>
      </Tabs>
    </ResizablePanel>
  );
}
