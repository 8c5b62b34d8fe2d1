import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Json } from '@pipewright/shared/json.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { Select } from '@mantine/core';
import { Section } from '../../../ui/panels/section.tsx';
import { fieldsOf, numberOrText, textOf, withField } from '../model/sweep-form.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { ControlField, ControlRow } from './control-field.tsx';
import { ProblemsAt } from './step-problems.tsx';
import { useSetStepField } from './use-set-step-field.ts';

interface ParallelSectionProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly ports: ComponentInterface;
  readonly problems: readonly Problem[];
}

const textFields = [
  { name: 'mini_batch_size', label: 'Mini-batch size', placeholder: 'files, or bytes as 100kb', isNumber: false },
  { name: 'max_concurrency_per_instance', label: 'At once', placeholder: 'as many as processors', isNumber: true },
  { name: 'mini_batch_error_threshold', label: 'May fail', placeholder: 'any number', isNumber: true },
] as const;

/** The form of a parallel step: what is split, how, by what it is worked on, and what may go wrong. What its component says stands in grey. */
export function ParallelSection(props: ParallelSectionProps) {
  const { stepKey, step, ports, problems } = props;
  const set = useSetStepField(stepKey);
  const component: Readonly<Record<string, unknown>> = { ...ports };
  const size = textOf(step['mini_batch_size'] ?? component['mini_batch_size']);
  return (
    <Section title="Parallel" summary={[nameIn(step['input_data'] ?? component['input_data']), size].filter((text) => text !== '').join(' · ')}>
      <Splits {...props} component={component} />
      {textFields.map(({ name, label, placeholder, isNumber }) => (
        <div key={name}>
          <ControlField
            name={`parallel-${name}`}
            label={label}
            stepKey={stepKey}
            placeholder={textOf(component[name]) || placeholder}
            value={textOf(step[name])}
            onType={(text, gesture) => set(name, isNumber ? numberOrText(text) : text.trim() === '' ? undefined : text, { label: `Set ${name}`, gesture })}
          />
          <ProblemsAt problems={problems} path={[name]} />
        </div>
      ))}
      <BatchRetries {...props} component={component} />
      {step.component === undefined && <Work stepKey={stepKey} step={step} ports={ports} problems={problems} />}
    </Section>
  );
}

interface WithComponent extends ParallelSectionProps {
  readonly component: Readonly<Record<string, unknown>>;
}

function Splits({ stepKey, step, ports, problems, component }: WithComponent) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const inputs = Object.entries(ports.inputs).flatMap(([name, { type }]) => (isScalarType(type) ? [] : [name]));
  return (
    <ControlRow label="Splits">
      <Select
        size="xs"
        aria-label="Input that is split"
        placeholder={nameIn(component['input_data']) || 'an input'}
        data={inputs}
        value={nameIn(step['input_data']) || null}
        disabled={isReadOnly}
        onChange={(name) => set('input_data', name === null ? undefined : `\${{inputs.${name}}}`, { label: 'Set the input that is split' })}
      />
      <ProblemsAt problems={problems} path={['input_data']} />
    </ControlRow>
  );
}

const retryFields = [
  { name: 'max_retries', label: 'Tries again', unit: 'times', placeholder: '2' },
  { name: 'timeout', label: 'Each within', unit: 'seconds', placeholder: '60' },
] as const;

function BatchRetries({ stepKey, step, problems, component }: WithComponent) {
  const set = useSetStepField(stepKey);
  const retry = fieldsOf(step['retry_settings']);
  const inComponent = fieldsOf(component['retry_settings']);
  return (
    <>
      {retryFields.map(({ name, label, unit, placeholder }) => (
        <ControlField
          key={name}
          name={`parallel-${name}`}
          label={label}
          unit={unit}
          stepKey={stepKey}
          placeholder={textOf(inComponent[name]) || placeholder}
          value={textOf(retry[name])}
          onType={(text, gesture) => set('retry_settings', withField(retry, name, numberOrText(text)), { label: 'Set the retries of mini-batches', gesture })}
        />
      ))}
      <ProblemsAt problems={problems} path={['retry_settings']} />
    </>
  );
}

const taskFields = [
  { name: 'entry_script', label: 'Script', placeholder: 'a file with run(mini_batch)' },
  { name: 'program_arguments', label: 'Arguments', placeholder: '--model ${{inputs.model}}' },
] as const;

/** What each mini-batch is worked on by, of a step that says it itself. */
function Work({ stepKey, step, ports, problems }: ParallelSectionProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const task = fieldsOf(step.task);
  const write = (next: Readonly<Record<string, Json>> | undefined, gesture?: string): void =>
    set('task', next && { ...next }, { label: 'Set what works on mini-batches', ...(gesture === undefined ? {} : { gesture }) });
  return (
    <>
      {taskFields.map(({ name, label, placeholder }) => (
        <ControlField
          key={name}
          name={`parallel-${name}`}
          label={label}
          stepKey={stepKey}
          placeholder={placeholder}
          value={textOf(task[name])}
          onType={(text, gesture) => write(withField(task, name, text === '' ? undefined : text), gesture)}
        />
      ))}
      <ControlRow label="Rows go to">
        <Select
          size="xs"
          aria-label="Output that gets all rows"
          placeholder="no output"
          clearable
          data={Object.keys(ports.outputs)}
          value={nameIn(task['append_row_to']) || null}
          disabled={isReadOnly}
          onChange={(name) => write(withField(task, 'append_row_to', name === null ? undefined : `\${{outputs.${name}}}`))}
        />
      </ControlRow>
      <ProblemsAt problems={problems} path={['task']} />
    </>
  );
}

/** `data` in `${{inputs.data}}`. */
const nameIn = (text: unknown): string => /^\$\{\{\s*(?:inputs|outputs)\.([\w.-]+)\s*\}\}$/.exec(typeof text === 'string' ? text.trim() : '')?.[1] ?? '';
