import type { ComponentInterface, ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDots, IconTerminal2 } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { Link } from 'react-router';
import { useShallow } from 'zustand/react/shallow';
import type { StepView } from '../../../canvas/step-view.ts';
import { useStepRun } from '../../../realtime/run-store.ts';
import { stepHref } from '../../../step-run/step-href.ts';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { AsideNote } from '../aside/aside-note.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { CodeSection } from '../code/code-section.tsx';
import { UpgradeLine } from '../nesting/upgrade-line.tsx';
import { selectStep } from '../store/selectors.ts';
import { ControlSection } from './control-section.tsx';
import { EnvironmentSection } from './environment-section.tsx';
import { ParametersSection } from './parameters/parameters-section.tsx';
import { ParallelSection } from './parallel-section.tsx';
import { PortsSection } from './ports-section.tsx';
import { ProblemLine } from './problem-line.tsx';
import { ResultsSection } from './results-section.tsx';
import { RunPartsSection } from './run-parts-section.tsx';
import { RunSettingsSection } from './run-settings-section.tsx';
import { SweepSection } from './sweep-section.tsx';
import { StepTitle } from './step-title.tsx';
import { WhySection } from './why-section.tsx';
import classes from './inspector.module.css';

/** Everything about the selected step, in one scroll; each section says its value when it is closed. */
export function StepInspector({ stepKey }: { readonly stepKey: string }) {
  const step = useEditorState(selectStep(stepKey));
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const problems = useDerived((derived) => derived.problems);
  const ports = useMemo(() => interfaceOf(stepKey, document, components), [stepKey, document, components]);
  const own = useMemo(() => problems.filter((problem) => problem.step === stepKey), [problems, stepKey]);
  if (!step) return null;
  const named = new Set(Object.keys(ports?.inputs ?? {}));
  const isSweep = step.trial !== undefined;
  const isParallel = ports?.type === 'parallel';
  return (
    <>
      <StepHead stepKey={stepKey} />
      <div className={classes.scroll}>
        <UpgradeLine stepKey={stepKey} />
        {own
          .filter(({ port, path = [] }) => (port === undefined || !named.has(port)) && !hasRow(path[2], { isSweep, isParallel }))
          .map((problem, index) => (
            <div key={index} style={{ padding: '6px 14px 0' }}>
              <ProblemLine problem={problem} />
            </div>
          ))}
        {isSweep && <SweepSection stepKey={stepKey} step={step} problems={own} trial={trialOf(step, components)} />}
        {isParallel && <ParallelSection stepKey={stepKey} step={step} ports={ports} problems={own} />}
        {ports && <ParametersSection stepKey={stepKey} step={step} ports={ports} problems={own} />}
        <PortsSection stepKey={stepKey} step={step} ports={ports} problems={own} />
        <RunPartsSection stepKey={stepKey} ports={ports} />
        <ResultsSection stepKey={stepKey} />
        <CodeSection stepKey={stepKey} />
        {ports?.type !== 'pipeline' && <EnvironmentSection step={step} />}
        <ControlSection stepKey={stepKey} step={step} ports={ports} />
        <RunSettingsSection stepKey={stepKey} step={step} />
        {ports?.type !== 'pipeline' && <WhySection stepKey={stepKey} />}
      </div>
    </>
  );
}

/** What each trial of a sweep runs: with the parameters that are tried, which are no inputs of the sweep. */
function trialOf({ trial }: Step, components: ComponentLookup): ComponentInterface | undefined {
  return typeof trial === 'string' ? components[trial] : trial;
}

const sweepRows: readonly unknown[] = ['search_space', 'objective', 'sampling_algorithm', 'limits', 'early_termination'];
const parallelRows: readonly unknown[] = [
  'input_data',
  'mini_batch_size',
  'max_concurrency_per_instance',
  'mini_batch_error_threshold',
  'retry_settings',
  'task',
];

/** A problem of a key that has a row in a form stands there. */
const hasRow = (key: unknown, { isSweep, isParallel }: { readonly isSweep: boolean; readonly isParallel: boolean }): boolean =>
  (isSweep && sweepRows.includes(key)) || (isParallel && parallelRows.includes(key));

/** It follows no parameter that is typed. */
const StepHead = memo(function StepHead({ stepKey }: { readonly stepKey: string }) {
  const { store } = useEditor();
  const view = useDerived(useShallow(({ views }) => headOf(views.get(stepKey))));
  if (!view) return null;
  return (
    <header className={classes.head}>
      <div className={classes.headRow}>
        <FamilyTile family={view.family} icon={view.icon} size="lg" />
        <div className="pw-grow">
          <StepTitle stepKey={stepKey} title={view.title} />
          <div className="pw-xs pw-muted pw-clip">
            <span className="pw-mono">{stepKey}</span> · {view.component} · {view.version}
          </div>
        </div>
        <Tooltip label="What can be done with this step">
          <ActionIcon
            aria-label="Actions"
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              store.getState().open({ kind: 'step-menu', at: { x: left - 190, y: bottom + 4 }, step: stepKey });
            }}
          >
            <IconDots size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Standing stepKey={stepKey} />
      <AsideNote stepKey={stepKey} />
    </header>
  );
});

const headOf = (view: StepView | undefined) =>
  view && { title: view.title, family: view.family, icon: view.icon, component: view.subtitle.split(' · ')[0], version: view.version };

/** How the step stands in the attached run. */
function Standing({ stepKey }: { readonly stepKey: string }) {
  const { store } = useEditor();
  const runId = useEditorState((state) => state.attachedRun);
  const isLogOpen = useEditorState((state) => state.isLogOpen);
  const run = useStepRun(runId, stepKey);
  if (runId === null || !run) return null;
  const startedAt = 'startedAt' in run ? run.startedAt : undefined;
  return (
    <div className={classes.standing}>
      <StatusWord status={run.status} />
      {startedAt !== undefined && run.status !== 'reused' && (
        <span className="pw-muted">
          <Duration from={startedAt} to={'endedAt' in run ? run.endedAt : null} />
        </span>
      )}
      <span className="pw-row">
        <Tooltip label={isLogOpen ? 'Close the log' : 'Show the log'}>
          <ActionIcon
            aria-label={isLogOpen ? 'Close the log' : 'Show the log'}
            aria-pressed={isLogOpen}
            data-active={isLogOpen || undefined}
            onClick={() => store.getState().setLogOpen(!isLogOpen)}
          >
            <IconTerminal2 size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Link className="pw-link" to={stepHref({ run: runId, step: stepKey })}>
          Open step run
        </Link>
      </span>
    </div>
  );
}
