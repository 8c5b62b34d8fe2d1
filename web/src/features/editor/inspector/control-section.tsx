import { downstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import { Json } from '@pipewright/shared/json.ts';
import { dependenciesOf, RetryEnding, type Retries } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { MultiSelect } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

type RetrySettings = Exclude<Retries, number>;

interface ControlSectionProps {
  readonly stepKey: string;
  readonly step: Step;
}

/** Whether, when and how often the step runs. */
export function ControlSection({ stepKey, step }: ControlSectionProps) {
  const set = useSetField(stepKey);
  return (
    <Section title="Control flow" isOpenAtFirst={false} summary={summaryOf(step)}>
      <After stepKey={stepKey} step={step} />
      <Field
        name="when"
        label="Only if"
        stepKey={stepKey}
        placeholder="always, failed, ${{parent.jobs.check.outputs.rows}} > 10"
        value={String(step.when ?? '')}
        onType={(text, gesture) => set('when', text === '' ? undefined : text, { label: 'Set the condition', gesture })}
      />
      <Retrying stepKey={stepKey} step={step} />
      <Field
        name="timeout"
        label="Time limit"
        unit="seconds"
        stepKey={stepKey}
        placeholder="none"
        value={String(step.limits?.timeout ?? '')}
        onType={(text, gesture) => set('limits', withNumber(step.limits, 'timeout', text), { label: 'Set the time limit', gesture })}
      />
      <Loop stepKey={stepKey} step={step} />
      <Machine stepKey={stepKey} step={step} />
    </Section>
  );
}

function summaryOf(step: Step): string {
  const after = dependenciesOf(step);
  const retries = typeof step.retries === 'number' ? step.retries : (step.retries?.count ?? 0);
  const parts = [
    after.length > 0 ? `after ${after.length === 1 ? after[0] : countOf(after.length, 'step')}` : null,
    step.when === undefined ? null : 'conditional',
    step.for_each ? 'for each item' : null,
    retries > 0 ? countOf(retries, 'retry', 'retries') : null,
    step.limits?.timeout === undefined ? null : `${step.limits.timeout} s at most`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'once, when its inputs are there' : parts.join(' · ');
}

interface Edit {
  readonly label: string;
  readonly gesture?: string;
}

/** Sets a field of the step, or takes it away; one visit of a text is one entry of the history. */
function useSetField(step: string): (field: string, value: Json | undefined, edit: Edit) => void {
  const { store } = useEditor();
  return (field, value, { label, gesture }) => {
    const op = { op: 'step.setField' as const, step, field, ...(value === undefined ? {} : { value }) };
    store.getState().edit([op], { label, ...(gesture === undefined ? {} : { gesture, pace: 'typing' }) });
  };
}

interface FieldProps {
  readonly stepKey: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly unit?: string;
  readonly onType: (text: string, gesture: string) => void;
}

function Field({ stepKey, name, label, value, placeholder, unit, onType }: FieldProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <Row label={label}>
      <TypedText
        field={`${stepKey}.${name}`}
        label={label}
        value={value}
        isReadOnly={isReadOnly}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(unit === undefined ? {} : { isNumber: true, beside: <span className={classes.unit}>{unit}</span>, besideWidth: 64 })}
        onType={onType}
      />
    </Row>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.control}>{children}</div>
    </div>
  );
}

/** Steps below this one are not offered: they would wait for each other. */
function After({ stepKey, step }: ControlSectionProps) {
  const set = useSetField(stepKey);
  const document = useEditorState((state) => state.content.document);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const after = dependenciesOf(step);
  const offered = useMemo(() => {
    const below = downstreamOf(document, [stepKey]);
    return Object.entries(document.jobs)
      .filter(([key]) => key !== stepKey && !below.has(key))
      .map(([key, { display_name }]) => ({ value: key, label: display_name ?? key }));
  }, [document, stepKey]);
  return (
    <Row label="Runs after">
      <MultiSelect
        size="xs"
        aria-label="Runs after"
        placeholder={after.length === 0 ? 'what it reads' : ''}
        data={offered}
        value={[...after]}
        disabled={isReadOnly}
        searchable
        clearable
        nothingFoundMessage="No other step can come before it"
        onChange={(keys) => set('depends_on', keys.length === 0 ? undefined : keys, { label: 'Set the order' })}
      />
    </Row>
  );
}

function Retrying({ stepKey, step }: ControlSectionProps) {
  const set = useSetField(stepKey);
  const settings: RetrySettings = typeof step.retries === 'number' ? { count: step.retries } : (step.retries ?? { count: 0 });
  const write = (next: RetrySettings, gesture?: string): void => {
    const { count, ...more } = next;
    const isPlain = Object.values(more).every((value) => value === undefined);
    set('retries', count === 0 && isPlain ? undefined : isPlain ? count : { count, ...definedOf(more) }, {
      label: 'Set the retries',
      ...(gesture === undefined ? {} : { gesture }),
    });
  };
  return (
    <>
      <Field
        name="retries"
        label="Retries"
        unit="times"
        stepKey={stepKey}
        placeholder="none"
        value={settings.count === 0 ? '' : String(settings.count)}
        onType={(text, gesture) => write({ ...settings, count: Math.min(wholeNumber(text) ?? 0, mostRetries) }, gesture)}
      />
      {settings.count > 0 && (
        <Field
          name="backoff"
          label="First wait"
          unit="seconds"
          stepKey={stepKey}
          placeholder="1"
          value={String(settings.backoff ?? '')}
          onType={(text, gesture) => write({ ...settings, backoff: upTo(longestWait, positiveNumber(text)) }, gesture)}
        />
      )}
      {settings.count > 0 && <RetryEndings stepKey={stepKey} settings={settings} write={write} />}
    </>
  );
}

interface RetryEndingsProps {
  readonly stepKey: string;
  readonly settings: RetrySettings;
  readonly write: (next: RetrySettings, gesture?: string) => void;
}

const endingLabels: Readonly<Record<RetryEnding, string>> = { failed: 'it failed', 'timed-out': 'its time was up', lost: 'it was lost' };

/** After which endings it tries again: every one unless said. */
function RetryEndings({ stepKey, settings, write }: RetryEndingsProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const on = settings.on ?? RetryEnding.options;
  return (
    <>
      <Row label="when">
        <MultiSelect
          size="xs"
          aria-label="Tries again when"
          data={RetryEnding.options.map((value) => ({ value, label: endingLabels[value] }))}
          value={[...on]}
          disabled={isReadOnly}
          onChange={(values) => {
            const chosen = RetryEnding.options.filter((ending) => values.includes(ending));
            // None at all would be no retries: that is said by their number.
            if (chosen.length > 0) write({ ...settings, on: chosen.length === RetryEnding.options.length ? undefined : chosen });
          }}
        />
      </Row>
      {on.includes('failed') && (
        <Field
          name="exit-codes"
          label="Exit codes"
          stepKey={stepKey}
          placeholder="any, or as in 75, 137"
          value={settings.exit_codes?.join(', ') ?? ''}
          onType={(text, gesture) => write({ ...settings, exit_codes: exitCodes(text) }, gesture)}
        />
      )}
    </>
  );
}

/** The codes of a list that is being typed; what is none of them is passed over. */
function exitCodes(text: string): number[] | undefined {
  const codes = text
    .split(/[\s,;]+/)
    .map(Number)
    .filter((code) => Number.isInteger(code) && code >= 1 && code <= 255);
  return codes.length === 0 ? undefined : [...new Set(codes)];
}

function Loop({ stepKey, step }: ControlSectionProps) {
  const set = useSetField(stepKey);
  const loop = step.for_each;
  const items = typeof loop?.items === 'string' ? loop.items : loop ? JSON.stringify(loop.items) : '';
  const write = (next: Step['for_each'], gesture: string): void =>
    set('for_each', next && { ...definedOf(next), items: next.items }, { label: 'Set the loop', gesture });
  return (
    <>
      <Field
        name="items"
        label="For each of"
        stepKey={stepKey}
        placeholder='["a", "b"] or a binding'
        value={items}
        onType={(text, gesture) => write(text.trim() === '' ? undefined : { ...loop, items: text }, gesture)}
      />
      {loop && (
        <>
          <Field
            name="item-input"
            label="as input"
            stepKey={stepKey}
            placeholder="item"
            value={loop.input ?? ''}
            onType={(text, gesture) => write({ ...loop, input: text === '' ? undefined : text }, gesture)}
          />
          <Field
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
  const set = useSetField(stepKey);
  const { resources } = step;
  const field = (name: 'cpu' | 'memory' | 'gpu', label: string, placeholder: string) => (
    <Field
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

/** What has a value: an operation goes over the wire as JSON, which knows no undefined. */
function definedOf(object: Readonly<Record<string, unknown>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, Json.parse(value)]])));
}

function valueOfResource(name: 'cpu' | 'memory' | 'gpu', text: string): string | number | undefined {
  if (name === 'memory') return text.trim() === '' ? undefined : text;
  return name === 'gpu' ? wholeNumber(text) : positiveNumber(text);
}

/** The bounds of the schema: what lies beyond would be refused. */
const mostRetries = 100;
const longestWait = 86_400;
const upTo = (most: number, value: number | undefined): number | undefined => (value === undefined ? undefined : Math.min(most, value));

function positiveNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function wholeNumber(text: string): number | undefined {
  const value = positiveNumber(text);
  return value !== undefined && Number.isInteger(value) && value <= 100_000 ? value : undefined;
}
