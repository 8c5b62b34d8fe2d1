import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Json } from '@pipewright/shared/json.ts';
import { searchSpaceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { Autocomplete, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { metricsQuery } from '../../../api/step-runs.ts';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { fieldsOf, numberOrText, textOf, withField } from '../model/sweep-form.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { ControlField, ControlRow } from './control-field.tsx';
import { SearchSpace } from './search-space.tsx';
import { ProblemsAt } from './step-problems.tsx';
import { useSetStepField } from './use-set-step-field.ts';
import classes from './inspector.module.css';
import { useVisit } from './use-visit.ts';

export interface SweepPartProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly problems: readonly Problem[];
}

interface SweepSectionProps extends SweepPartProps {
  /** What each trial runs. */
  readonly trial: ComponentInterface | undefined;
}

/** The form of a sweep: what is tried, how, for what, and for how long. */
export function SweepSection({ stepKey, step, problems, trial }: SweepSectionProps) {
  const part = { stepKey, step, problems };
  return (
    <Section title="Sweep" summary={summaryOf(step)}>
      <SearchSpace {...part} trial={trial} />
      <Objective {...part} />
      <Sampling {...part} />
      <Limits {...part} />
      <EarlyTermination {...part} />
    </Section>
  );
}

function summaryOf(step: Step): string {
  const objective = fieldsOf(step['objective']);
  const total = fieldsOf(step.limits)['max_total_trials'];
  const parts = [
    countOf(Object.keys(searchSpaceOf(step)).length, 'parameter'),
    typeof total === 'number' ? countOf(total, 'trial') : null,
    textOf(objective['primary_metric']) || null,
  ];
  return parts.filter((text) => text !== null).join(' · ');
}

function Objective({ stepKey, step, problems }: SweepPartProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const objective = fieldsOf(step['objective']);
  const seen = useSeenMetrics(stepKey);
  const visit = useVisit(`${stepKey}.metric`);
  const goal = textOf(objective['goal']).toLowerCase();
  return (
    <>
      <ControlRow label="Metric">
        <Autocomplete
          size="xs"
          aria-label="Metric"
          placeholder="as the script logs it"
          data={seen}
          value={textOf(objective['primary_metric'])}
          readOnly={isReadOnly}
          onFocus={visit.begin}
          onChange={(text) => set('objective', withField(objective, 'primary_metric', text), { label: 'Set the metric', gesture: visit.gesture() })}
        />
        <ProblemsAt problems={problems} path={['objective', 'primary_metric']} />
      </ControlRow>
      <ControlRow label="Better is">
        <Select
          size="xs"
          aria-label="Goal"
          data={[
            { value: 'maximize', label: 'more' },
            { value: 'minimize', label: 'less' },
          ]}
          value={goal === '' ? null : goal}
          disabled={isReadOnly}
          allowDeselect={false}
          onChange={(value) => set('objective', withField(objective, 'goal', value ?? undefined), { label: 'Set the goal' })}
        />
        <ProblemsAt problems={problems} path={['objective', 'goal']} />
      </ControlRow>
    </>
  );
}

/** Metrics that the step, or its first trial, has logged in the attached run. */
function useSeenMetrics(stepKey: string): string[] {
  const runId = useEditorState((state) => state.attachedRun);
  const own = useQuery({ ...metricsQuery({ run: runId ?? '', step: stepKey }), enabled: runId !== null, retry: false });
  const trial = useQuery({ ...metricsQuery({ run: runId ?? '', step: `${stepKey}/1` }), enabled: runId !== null, retry: false });
  return [...new Set([...(own.data?.metrics ?? []), ...(trial.data?.metrics ?? [])].map(({ name }) => name))];
}

const samplings = {
  random: { label: 'Random', value: 'random' },
  sobol: { label: 'Sobol', value: { type: 'random', rule: 'sobol' } },
  grid: { label: 'Grid, every combination', value: 'grid' },
  bayesian: { label: 'Bayesian', value: 'bayesian' },
} as const;

function Sampling({ stepKey, step, problems }: SweepPartProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const said = step['sampling_algorithm'];
  const fields = typeof said === 'string' ? { type: said } : fieldsOf(said);
  const type = (textOf(fields['type']) || 'random').toLowerCase();
  const chosen = type === 'random' && fields['rule'] === 'sobol' ? 'sobol' : type;
  const seed = fields['seed'];
  const write = (value: Json | undefined, gesture?: string): void =>
    set('sampling_algorithm', value, { label: 'Set the sampling', ...(gesture === undefined ? {} : { gesture }) });
  return (
    <>
      <ControlRow label="Sampling">
        <Select
          size="xs"
          aria-label="Sampling"
          data={Object.entries(samplings).map(([value, { label }]) => ({ value, label }))}
          value={chosen}
          disabled={isReadOnly}
          allowDeselect={false}
          onChange={(value) => {
            const next = Object.entries(samplings).find(([name]) => name === value)?.[1].value ?? 'random';
            write(seed === undefined ? next : { ...(typeof next === 'string' ? { type: next } : next), seed });
          }}
        />
        <ProblemsAt problems={problems} path={['sampling_algorithm']} />
      </ControlRow>
      {chosen !== 'grid' && (
        <ControlField
          name="seed"
          label="Seed"
          stepKey={stepKey}
          placeholder="the same values each time"
          value={textOf(seed)}
          onType={(text, gesture) => {
            const next = withField({ ...fields, type }, 'seed', numberOrText(text)) ?? {};
            write(Object.keys(next).length === 1 ? type : next, gesture);
          }}
        />
      )}
    </>
  );
}

const limitFields = [
  { name: 'max_total_trials', label: 'Trials', unit: 'at most', placeholder: '1000' },
  { name: 'max_concurrent_trials', label: 'At once', unit: 'trials', placeholder: 'as slots allow' },
  { name: 'timeout', label: 'Time limit', unit: 'seconds', placeholder: 'none' },
  { name: 'trial_timeout', label: 'of a trial', unit: 'seconds', placeholder: 'none' },
] as const;

function Limits({ stepKey, step, problems }: SweepPartProps) {
  const set = useSetStepField(stepKey);
  const limits = fieldsOf(step.limits);
  return limitFields.map(({ name, label, unit, placeholder }) => (
    <div key={name}>
      <ControlField
        name={`sweep-${name}`}
        label={label}
        unit={unit}
        stepKey={stepKey}
        placeholder={placeholder}
        value={textOf(limits[name])}
        onType={(text, gesture) => set('limits', withField(limits, name, numberOrText(text)), { label: 'Set the limits of the sweep', gesture })}
      />
      <ProblemsAt problems={problems} path={['limits', name]} />
    </div>
  ));
}

const interval = { name: 'evaluation_interval', label: 'looks every', unit: 'loggings' } as const;
const delay = { name: 'delay_evaluation', label: 'not before', unit: 'loggings' } as const;
const terminations = {
  bandit: {
    label: 'Bandit',
    hint: 'Trials that are far from the best',
    fields: [{ name: 'slack_factor', label: 'by a factor of', unit: '' }, { name: 'slack_amount', label: 'or by', unit: '' }, interval, delay],
    first: { type: 'bandit', slack_factor: 0.1, evaluation_interval: 1, delay_evaluation: 5 },
  },
  median_stopping: {
    label: 'Median stopping',
    hint: 'Trials below the middle of all',
    fields: [interval, delay],
    first: { type: 'median_stopping', evaluation_interval: 1, delay_evaluation: 5 },
  },
  truncation_selection: {
    label: 'Truncation',
    hint: 'The worst of all trials',
    fields: [{ name: 'truncation_percentage', label: 'the last', unit: '%' }, interval, delay],
    first: { type: 'truncation_selection', truncation_percentage: 20, evaluation_interval: 1, delay_evaluation: 5 },
  },
} as const;

function Choice({ text, hint }: { readonly text: string; readonly hint: string | undefined }) {
  return (
    <span>
      {text}
      <small className={classes.choiceHint}>{hint}</small>
    </span>
  );
}

/** When a trial that does worse than others ends before its time. */
function EarlyTermination({ stepKey, step, problems }: SweepPartProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const policy = fieldsOf(step['early_termination']);
  const type = textOf(policy['type']).toLowerCase();
  const shown = Object.entries(terminations).find(([name]) => name === type)?.[1];
  return (
    <>
      <ControlRow label="Ends early">
        <Select
          size="xs"
          aria-label="Early termination"
          placeholder="no trial"
          clearable
          data={Object.entries(terminations).map(([value, { label }]) => ({ value, label }))}
          renderOption={({ option }) => <Choice text={option.label} hint={Object.entries(terminations).find(([name]) => name === option.value)?.[1].hint} />}
          value={shown ? type : null}
          disabled={isReadOnly}
          onChange={(value) => {
            const first = Object.entries(terminations).find(([name]) => name === value)?.[1].first;
            set('early_termination', first && { ...first }, { label: 'Set early termination' });
          }}
        />
      </ControlRow>
      {shown?.fields.map(({ name, label, unit }) => (
        <ControlField
          key={name}
          name={`early-${name}`}
          label={label}
          unit={unit}
          stepKey={stepKey}
          value={textOf(policy[name])}
          onType={(text, gesture) => set('early_termination', withField(policy, name, numberOrText(text)), { label: 'Set early termination', gesture })}
        />
      ))}
      <ProblemsAt problems={problems} path={['early_termination']} />
    </>
  );
}
