import type { ComparedRunStep, ComparedValue } from '@pipewright/shared/run/compare-runs.ts';
import { type Family, familyTitles } from '@pipewright/shared/component/family.ts';
import type { IngredientValue } from '@pipewright/shared/run/step-ingredients.ts';
import { Button, Switch } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { describeShape } from '../../preview/describe-artifact.ts';
import { Chip } from '../../ui/feedback/chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { countOf, formatCount } from '../../ui/format/number.ts';
import { FamilyTile } from '../../ui/graph/family-tile.tsx';
import { Truncate } from '../../ui/text/truncate.tsx';
import type { ComparedRun } from './compared-run.ts';
import { letterOf, RunLetter } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface ValuesCardProps {
  readonly runs: readonly ComparedRun[];
  readonly steps: readonly ComparedRunStep[];
  readonly selected: string | null;
  readonly onSelect: (step: string | null) => void;
}

/** So many steps are drawn at once. */
const stepsAtFirst = 200;

/** Every value that went into the steps, run beside run; what is the same everywhere is hidden at first. */
export function ValuesCard({ runs, steps, selected, onSelect }: ValuesCardProps) {
  const [isNarrowed, setNarrowed] = useState(true);
  const [shownSteps, setShownSteps] = useState(stepsAtFirst);
  const all = steps.map((step) => ({ step, differing: step.values.filter(isDifferent) }));
  const differing = all.reduce((sum, { differing: own }) => sum + own.length, 0);
  const equal = steps.reduce((sum, { values }) => sum + values.length, 0) - differing;
  const rows = isNarrowed ? all.filter(({ step, differing: own }) => own.length > 0 || step.keys.includes(null)) : all;
  return (
    <section className={`pw-card ${classes.card}`} aria-label="Parameters and inputs">
      <header className={classes.head}>
        <h2>Parameters and inputs</h2>
        {differing > 0 && <Chip tone="warn">{formatCount(differing)} differ</Chip>}
        <Switch
          size="xs"
          className={classes.headEnd}
          label="Only differences"
          checked={isNarrowed}
          onChange={(event) => setNarrowed(event.currentTarget.checked)}
        />
      </header>
      {rows.length === 0 ? (
        <EmptyState
          icon={IconEqual}
          title="All values are the same"
          hint="What is different, if anything, is how the runs went: see metrics, curves and logs."
        />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
        <div className={classes.scroll} tabIndex={0} role="group" aria-label="Values">
          <table className={classes.values} aria-label="Parameters and inputs">
            <thead>
              <tr>
                <th>Step and value</th>
                {runs.map(({ run }, index) => (
                  <th key={run.id}>
                    <RunLetter index={index} /> Run {run.id}
                  </th>
                ))}
              </tr>
            </thead>
            {rows.slice(0, shownSteps).map(({ step, differing: own }) => (
              <StepValues
                key={step.key}
                step={step}
                values={isNarrowed ? own : step.values}
                differing={own.length}
                isSelected={step.key === selected}
                onSelect={() => onSelect(step.key === selected ? null : step.key)}
              />
            ))}
          </table>
          {rows.length > shownSteps && (
            <Button variant="subtle" onClick={() => setShownSteps(shownSteps + stepsAtFirst)}>
              Show more of {countOf(rows.length, 'step')}
            </Button>
          )}
        </div>
      )}
      {isNarrowed && equal > 0 && (
        <footer className={classes.foot}>
          {countOf(equal, 'equal value')} hidden ·{' '}
          <button type="button" className={classes.footLink} onClick={() => setNarrowed(false)}>
            Show
          </button>
        </footer>
      )}
    </section>
  );
}

const isDifferent = (value: ComparedValue): boolean => value.differs.includes(true);

interface StepValuesProps {
  readonly step: ComparedRunStep;
  readonly values: readonly ComparedValue[];
  readonly differing: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function StepValues({ step, values, differing, isSelected, onSelect }: StepValuesProps) {
  const head = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isSelected) head.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const family = isFamily(step.family) ? step.family : 'other';
  return (
    <tbody>
      <tr ref={head} className={classes.stepRow} data-selected={isSelected || undefined}>
        <th colSpan={step.keys.length + 1} scope="rowgroup">
          <button type="button" className={classes.stepButton} aria-pressed={isSelected} onClick={onSelect}>
            <FamilyTile family={family} size="sm" />
            <span className="pw-clip">{step.title}</span>
            <span className="pw-xs pw-muted">{noteOf(step, differing)}</span>
          </button>
        </th>
      </tr>
      {values.map((value) => (
        <tr key={`${value.kind} ${value.name}`}>
          <th scope="row" className={classes.valueName}>
            <Truncate>{value.name}</Truncate>
          </th>
          {value.values.map((own, index) => (
            <td key={index} data-differs={value.differs[index] || undefined} data-new={value.isNew[index] || undefined}>
              {own === null ? (
                <span className="pw-muted">{step.keys[index] === null ? 'not in this run' : 'not set'}</span>
              ) : (
                <Value value={own} isOtherContent={isTwin(value, index)} />
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const isFamily = (family: string | null): family is Family => family !== null && Object.hasOwn(familyTitles, family);

/** `only in A`, `not in B`, `1 of 5`. */
function noteOf({ keys, values }: ComparedRunStep, differing: number): string {
  const having = keys.flatMap((key, index) => (key === null ? [] : [letterOf(index)]));
  if (having.length < keys.length) return `only in ${having.join(', ')}`;
  return differing === 0 ? '' : `${differing} of ${values.length}`;
}

type Data = Extract<IngredientValue, { readonly kind: 'data' }>;

const describeData = ({ artifact, source }: Data): string => (artifact ? describeShape(artifact) : source);

/** Data that differs from the first and is described as that is. */
function isTwin({ values, differs }: ComparedValue, index: number): boolean {
  const [first, own] = [values[0], values[index]];
  return differs[index] === true && first?.kind === 'data' && own?.kind === 'data' && describeData(first) === describeData(own);
}

/** Data by what it was, else by where it comes from; the other is said when one rests on it. */
function Value({ value, isOtherContent }: { readonly value: IngredientValue; readonly isOtherContent: boolean }) {
  if (value.kind === 'text') return <Truncate className="pw-num">{value.text === '' ? '“”' : value.text}</Truncate>;
  const { artifact, source } = value;
  return (
    <span title={`${source}${artifact ? ` · content ${artifact.hash.slice(0, 8)}` : ''}`} className="pw-num pw-clip">
      {describeData(value)}
      {isOtherContent && <span className="pw-xs"> · other content</span>}
    </span>
  );
}
