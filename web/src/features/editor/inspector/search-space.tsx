import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { Json } from '@pipewright/shared/json.ts';
import { searchSpaceOf } from '@pipewright/shared/pipeline/step.ts';
import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import {
  distributionFields,
  fieldsOf,
  firstDistribution,
  isDistributionType,
  numberOrText,
  textOf,
  textOfValues,
  untriedParameters,
  valuesOfText,
  withField,
} from '../model/sweep-form.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { ProblemsAt } from './step-problems.tsx';
import type { SweepPartProps } from './sweep-section.tsx';
import { TypedText } from './typed-text.tsx';
import { useSetStepField } from './use-set-step-field.ts';
import classes from './inspector.module.css';

interface SearchSpaceProps extends SweepPartProps {
  readonly trial: ComponentInterface | undefined;
}

/** What is tried: a row for each parameter, with where its values come from. */
export function SearchSpace({ stepKey, step, problems, trial }: SearchSpaceProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const space = searchSpaceOf(step);
  const untried = untriedParameters(step, trial);
  const add = (name: string): void => {
    const given = step.inputs[name];
    const value = typeof given === 'number' || typeof given === 'boolean' ? given : undefined;
    const next = { ...space, [name]: firstDistribution(trial?.inputs[name], value) };
    store.getState().edit(
      [
        // What is tried is no longer given.
        ...(given === undefined ? [] : [{ op: 'step.setInput' as const, step: stepKey, input: name }]),
        { op: 'step.setField', step: stepKey, field: 'search_space', value: next },
      ],
      { label: `Try values of ${name}` },
    );
  };
  return (
    <div className={classes.block} role="group" aria-label="Search space">
      <span className="pw-sm pw-t2">Search space</span>
      {Object.entries(space).map(([name, said]) => (
        <SpaceRow key={name} stepKey={stepKey} step={step} problems={problems} name={name} said={said} isInteger={trial?.inputs[name]?.type === 'integer'} />
      ))}
      {problems.some(({ path = [] }) => path[2] === 'search_space' && path.length === 3) && (
        <ProblemsAt problems={problems.filter(({ path = [] }) => path.length === 3)} path={['search_space']} />
      )}
      {!isReadOnly && untried.length > 0 && (
        <Select
          size="xs"
          aria-label="Add a parameter to try"
          placeholder="Add a parameter…"
          data={untried}
          value={null}
          searchable
          onChange={(name) => name !== null && add(name)}
        />
      )}
    </div>
  );
}

interface SpaceRowProps extends SweepPartProps {
  readonly name: string;
  readonly said: Json;
  readonly isInteger: boolean;
}

function SpaceRow({ stepKey, step, problems, name, said, isInteger }: SpaceRowProps) {
  const set = useSetStepField(stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const space = searchSpaceOf(step);
  const distribution = fieldsOf(said);
  const type = textOf(distribution['type']).toLowerCase();
  const fields = isDistributionType(type) ? distributionFields[type] : [];
  const label = `Try values of ${name}`;
  const write = (value: Json | undefined, gesture?: string): void =>
    set('search_space', withField(space, name, value) ?? {}, { label, ...(gesture === undefined ? {} : { gesture }) });
  return (
    <div className={classes.spaceRow} data-space={name}>
      <div className={classes.spaceHead}>
        <span className="pw-mono pw-clip" title={name}>
          {name}
        </span>
        <Select
          size="xs"
          aria-label={`Distribution of ${name}`}
          data={Object.keys(distributionFields)}
          value={isDistributionType(type) ? type : null}
          disabled={isReadOnly}
          allowDeselect={false}
          onChange={(next) => next !== null && isDistributionType(next) && write(asType(distribution, next, isInteger))}
        />
        <ActionIcon aria-label={`Try no values of ${name}`} disabled={isReadOnly} onClick={() => write(undefined)}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </div>
      {type === 'choice' && (
        <TypedText
          field={`${stepKey}.space.${name}.values`}
          label={`Values of ${name}`}
          placeholder="as in 3, 5, 8"
          value={textOfValues(distribution['values'])}
          isReadOnly={isReadOnly}
          onType={(text, gesture) => write({ ...distribution, values: valuesOfText(text) }, gesture)}
        />
      )}
      {fields.length > 0 && (
        <div className={classes.spaceFields}>
          {fields.map((field) => (
            <label key={field.name}>
              <span>{field.label}</span>
              <TypedText
                field={`${stepKey}.space.${name}.${field.name}`}
                label={`${name} ${field.label}`}
                isNumber
                value={textOf(distribution[field.name])}
                isReadOnly={isReadOnly}
                onType={(text, gesture) => write(withField(distribution, field.name, numberOrText(text)) ?? {}, gesture)}
              />
            </label>
          ))}
        </div>
      )}
      <ProblemsAt problems={problems} path={['search_space', name]} />
    </div>
  );
}

/** Another distribution keeps what the two have in common. */
function asType(before: Readonly<Record<string, Json>>, type: keyof typeof distributionFields, isInteger: boolean): Json {
  const kept = distributionFields[type].flatMap(({ name }): [string, Json][] => (before[name] === undefined ? [] : [[name, before[name]]]));
  const first: Readonly<Record<string, Json>> = { min_value: 0, max_value: 1, mu: 0, sigma: 1, q: isInteger ? 1 : 0.1, upper: 10 };
  const missing = distributionFields[type].flatMap(({ name }): [string, Json][] =>
    before[name] === undefined && first[name] !== undefined ? [[name, first[name]]] : [],
  );
  return { type, ...(type === 'choice' ? { values: before['values'] ?? [] } : {}), ...Object.fromEntries([...kept, ...missing]) };
}
