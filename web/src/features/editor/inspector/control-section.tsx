import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { downstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import type { Json } from '@pipewright/shared/json.ts';
import { dependenciesOf } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { MultiSelect } from '@mantine/core';
import { memo, useMemo } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { showsSame } from './shows-same.ts';
import { ControlField, ControlRow } from './control-field.tsx';
import { RepeatFields } from './repeat-fields.tsx';
import { RetryFields } from './retry-fields.tsx';
import { definedOf, positiveNumber, wholeNumber } from './typed-values.ts';
import { useStepChoices } from './use-step-choices.ts';
import { useSetStepField } from './use-set-step-field.ts';

interface ControlSectionProps {
  readonly stepKey: string;
  readonly step: Step;
}

/** Whether, when and how often the step runs. */
export const ControlSection = memo(function ControlSection({ stepKey, step, ports }: ControlSectionProps & { readonly ports: ComponentInterface | undefined }) {
  const set = useSetStepField(stepKey);
  return (
    <Section title="Control flow" isOpenAtFirst={false} summary={summaryOf(step)}>
      <After stepKey={stepKey} step={step} />
      <ControlField
        name="when"
        label="Only if"
        stepKey={stepKey}
        placeholder="always, failed, ${{parent.jobs.check.outputs.rows}} > 10"
        value={String(step.when ?? '')}
        onType={(text, gesture) => set('when', text === '' ? undefined : text, { label: 'Set the condition', gesture })}
      />
      <RetryFields stepKey={stepKey} step={step} />
      <ControlField
        name="timeout"
        label="Time limit"
        unit="seconds"
        stepKey={stepKey}
        placeholder="none"
        value={String(step.limits?.timeout ?? '')}
        onType={(text, gesture) => set('limits', withNumber(step.limits, 'timeout', text), { label: 'Set the time limit', gesture })}
      />
      <Loop stepKey={stepKey} step={step} />
      {ports && <RepeatFields stepKey={stepKey} step={step} ports={ports} />}
      <Machine stepKey={stepKey} step={step} />
    </Section>
  );
}, showsSame);

function summaryOf(step: Step): string {
  const after = dependenciesOf(step);
  const retries = typeof step.retries === 'number' ? step.retries : (step.retries?.count ?? 0);
  const parts = [
    after.length > 0 ? `after ${after.length === 1 ? after[0] : countOf(after.length, 'step')}` : null,
    step.when === undefined ? null : 'conditional',
    step.for_each ? 'for each item' : null,
    step.repeat ? (typeof step.repeat.while === 'string' ? `again while ${step.repeat.while}` : 'again and again') : null,
    retries > 0 ? countOf(retries, 'retry', 'retries') : null,
    step.limits?.timeout === undefined ? null : `${step.limits.timeout} s at most`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'once, when its inputs are there' : parts.join(' · ');
}

/** Steps below this one are not offered: they would wait for each other. */
function After({ stepKey, step }: ControlSectionProps) {
  const set = useSetStepField(stepKey);
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const after = dependenciesOf(step);
  const offered = useMemo(() => {
    const below = downstreamOf(document, [stepKey]);
    return Object.entries(document.jobs)
      .filter(([key]) => key !== stepKey && !below.has(key))
      .map(([key, { display_name }]) => ({ value: key, label: display_name ?? key }));
  }, [document, stepKey]);
  const choices = useStepChoices(offered, after);
  return (
    <ControlRow label="Runs after">
      <MultiSelect
        size="xs"
        aria-label="Runs after"
        placeholder={after.length === 0 ? 'what it reads' : ''}
        {...choices}
        value={[...after]}
        disabled={isReadOnly}
        searchable
        clearable
        nothingFoundMessage="No other step can come before it"
        onChange={(keys) => set('depends_on', keys.length === 0 ? undefined : keys, { label: 'Set the order' })}
      />
    </ControlRow>
  );
}

function Loop({ stepKey, step }: ControlSectionProps) {
  const set = useSetStepField(stepKey);
  const loop = step.for_each;
  const items = typeof loop?.items === 'string' ? loop.items : loop ? JSON.stringify(loop.items) : '';
  const write = (next: Step['for_each'], gesture: string): void =>
    set('for_each', next && { ...definedOf(next), items: next.items }, { label: 'Set the loop', gesture });
  return (
    <>
      <ControlField
        name="items"
        label="For each of"
        stepKey={stepKey}
        placeholder='["a", "b"] or a binding'
        value={items}
        onType={(text, gesture) => write(text.trim() === '' ? undefined : { ...loop, items: text }, gesture)}
      />
      {loop && (
        <>
          <ControlField
            name="item-input"
            label="as input"
            stepKey={stepKey}
            placeholder="item"
            value={loop.input ?? ''}
            onType={(text, gesture) => write({ ...loop, input: text === '' ? undefined : text }, gesture)}
          />
          <ControlField
            name="items-at-once"
            label="at once"
            unit="items"
            stepKey={stepKey}
            placeholder="as slots allow"
            value={String(loop.max_parallel ?? '')}
            onType={(text, gesture) => write({ ...loop, max_parallel: wholeNumber(text) ?? undefined }, gesture)}
          />
        </>
      )}
    </>
  );
}

function Machine({ stepKey, step }: ControlSectionProps) {
  const set = useSetStepField(stepKey);
  const { resources } = step;
  const field = (name: 'cpu' | 'memory' | 'gpu', label: string, placeholder: string) => (
    <ControlField
      name={name}
      label={label}
      stepKey={stepKey}
      placeholder={placeholder}
      value={String(resources?.[name] ?? '')}
      onType={(text, gesture) => {
        const next = withValue(resources, name, valueOfResource(name, text));
        set('resources', next, { label: 'Set the resources', gesture });
      }}
    />
  );
  return (
    <>
      {field('cpu', 'CPUs', 'one slot')}
      {field('memory', 'Memory', 'as in 4GiB')}
      {field('gpu', 'Graphics cards', 'none')}
    </>
  );
}

type Loose = Readonly<Record<string, unknown>> | undefined;

const withNumber = (object: Loose, name: string, text: string): Json | undefined => withValue(object, name, positiveNumber(text));

function withValue(object: Loose, name: string, value: string | number | undefined): Json | undefined {
  const next = definedOf({ ...object, [name]: value });
  return Object.keys(next).length === 0 ? undefined : next;
}

function valueOfResource(name: 'cpu' | 'memory' | 'gpu', text: string): string | number | undefined {
  if (name === 'memory') return text.trim() === '' ? undefined : text;
  return name === 'gpu' ? wholeNumber(text) : positiveNumber(text);
}
