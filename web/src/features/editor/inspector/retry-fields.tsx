import { RetryEnding, type Retries } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { MultiSelect } from '@mantine/core';
import { useEditorState } from '../store/editor-context.tsx';
import { ControlField, ControlRow } from './control-field.tsx';
import { definedOf, positiveNumber, wholeNumber } from './typed-values.ts';
import { useSetStepField } from './use-set-step-field.ts';

type RetrySettings = Exclude<Retries, number>;

/** The bounds of the schema: what lies beyond would be refused. */
const mostRetries = 100;
const longestWait = 86_400;
const upTo = (most: number, value: number | undefined): number | undefined => (value === undefined ? undefined : Math.min(most, value));

/** How often the step tries again, how soon, and after what. */
export function RetryFields({ stepKey, step }: { readonly stepKey: string; readonly step: Step }) {
  const set = useSetStepField(stepKey);
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
      <ControlField
        name="retries"
        label="Retries"
        unit="times"
        stepKey={stepKey}
        placeholder="none"
        value={settings.count === 0 ? '' : String(settings.count)}
        onType={(text, gesture) => write({ ...settings, count: Math.min(wholeNumber(text) ?? 0, mostRetries) }, gesture)}
      />
      {settings.count > 0 && (
        <ControlField
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
      <ControlRow label="when">
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
      </ControlRow>
      {on.includes('failed') && (
        <ControlField
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
