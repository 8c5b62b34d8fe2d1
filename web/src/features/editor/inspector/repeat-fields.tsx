import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import { mostRounds, type Repeat } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { MultiSelect, Select } from '@mantine/core';
import { useEditorState } from '../store/editor-context.tsx';
import { ControlField, ControlRow } from './control-field.tsx';
import { definedOf, wholeNumber } from './typed-values.ts';
import { useSetStepField } from './use-set-step-field.ts';

interface RepeatFieldsProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly ports: ComponentInterface;
}

/** Again and again, for a step that puts out whether there is another round. */
export function RepeatFields({ stepKey, step, ports }: RepeatFieldsProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { repeat } = step;
  const truths = Object.entries(ports.outputs).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : []));
  const write = (next: Repeat | undefined, gesture?: string): void =>
    set('repeat', next && { ...definedOf(next), while: next.while }, { label: 'Set the repetition', ...(gesture === undefined ? {} : { gesture }) });
  if (truths.length === 0 && !repeat) return null;
  const offered = [...new Set([...truths, always, ...(repeat ? [nameOf(repeat.while)] : [])])];
  return (
    <>
      <ControlRow label="Again while">
        <Select
          size="xs"
          aria-label="Again while"
          placeholder="an output of it is true"
          data={offered.map((name) => ({ value: name, label: name === always ? 'always' : name }))}
          value={repeat ? nameOf(repeat.while) : null}
          disabled={isReadOnly}
          clearable
          onChange={(name) => write(name === null ? undefined : { ...repeat, while: name === always ? true : name })}
        />
      </ControlRow>
      {repeat && (
        <>
          <ControlRow label="hands on">
            <MultiSelect
              size="xs"
              aria-label="What a round hands on"
              placeholder={Object.keys(repeat.feed ?? {}).length === 0 ? 'nothing' : ''}
              data={handsOn(ports, repeat).map(([input, output]) => ({ value: `${input} ${output}`, label: `${output} → ${input}` }))}
              value={Object.entries(repeat.feed ?? {}).map((pair) => pair.join(' '))}
              disabled={isReadOnly}
              searchable
              clearable
              nothingFoundMessage="No output fits an input"
              // Of two for one input, the last one chosen counts.
              onChange={(pairs) => write({ ...repeat, feed: pairs.length === 0 ? undefined : Object.fromEntries(pairs.map((pair) => pair.split(' '))) })}
            />
          </ControlRow>
          <ControlField
            name="rounds"
            label="at most"
            unit="rounds"
            stepKey={stepKey}
            placeholder={String(mostRounds)}
            value={String(repeat.max ?? '')}
            onType={(text, gesture) => write({ ...repeat, max: wholeNumber(text) ?? undefined }, gesture)}
          />
        </>
      )}
    </>
  );
}

/** No name of an output. */
const always = ' ';
const nameOf = (again: string | boolean): string => (typeof again === 'string' ? again : always);

/** What can be handed on, as input and output; what is handed on already stays in the list whatever it is. */
function handsOn({ inputs, outputs }: ComponentInterface, { while: again, feed = {} }: Repeat): [string, string][] {
  const fitting = Object.entries(inputs).flatMap(([input, to]) =>
    Object.entries(outputs).flatMap(([output, from]): [string, string][] => {
      const fits = output !== again && whyNotConnect({ type: from.type, kind: from['x-pipewright']?.kind }, { ...to['x-pipewright'], type: to.type }) === null;
      return fits || feed[input] === output ? [[input, output]] : [];
    }),
  );
  const known = new Set(fitting.map((pair) => pair.join(' ')));
  return [...fitting, ...Object.entries(feed).filter((pair) => !known.has(pair.join(' ')))];
}
