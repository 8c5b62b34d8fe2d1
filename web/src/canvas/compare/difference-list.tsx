import type { FieldDifference, StepDifference } from '@pipewright/shared/draft/compare-pipelines.ts';
import { IconSitemap } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { StripIcon } from '../strip-line.tsx';
import { fieldName, stripOfDifference, valueText } from './difference-words.ts';
import { DifferenceLines } from './difference-lines.tsx';
import classes from './compare.module.css';

/** The pipeline itself among the differences: no step has such a key. */
export const pipelineKey = '';

interface DifferenceListProps {
  readonly steps: readonly StepDifference[];
  readonly pipeline: readonly FieldDifference[];
  readonly titleOf: (step: string) => string;
  /** The one that is looked at: a step, the pipeline, or none. */
  readonly current: string | null;
  readonly onShow: (key: string) => void;
}

/** Every difference, step by step and field by field. */
export function DifferenceList({ steps, pipeline, titleOf, current, onShow }: DifferenceListProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <ol ref={list} className={classes.list} aria-label="Differences">
      {pipeline.length > 0 && (
        <li>
          <button type="button" className={classes.head} aria-current={current === pipelineKey || undefined} onClick={() => onShow(pipelineKey)}>
            <IconSitemap size={14} stroke={1.8} aria-hidden />
            <b>The pipeline</b>
            <span className={classes.word}>Changed</span>
          </button>
          <Fields fields={pipeline} />
        </li>
      )}
      {steps.map((step) => {
        const strip = stripOfDifference(step);
        return (
          <li key={step.key} data-difference={step.kind}>
            <button type="button" className={classes.head} aria-current={current === step.key || undefined} onClick={() => onShow(step.key)}>
              <span className={classes.icon} data-difference={step.kind}>
                <StripIcon strip={strip} size={14} />
              </span>
              <b title={step.key}>{titleOf(step.key)}</b>
              <span className={classes.word} data-difference={step.kind}>
                {strip.word}
              </span>
            </button>
            {step.renamedFrom !== null && <p className={classes.note}>Its key was {step.renamedFrom}</p>}
            {step.isMoved && <p className={classes.note}>Stands elsewhere</p>}
            <Fields fields={step.fields} />
          </li>
        );
      })}
    </ol>
  );
}

function Fields({ fields }: { readonly fields: readonly FieldDifference[] }) {
  if (fields.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {fields.map((field) => (
        <div key={field.place.join('/')}>
          <dt>{fieldName(field.place)}</dt>
          <dd>
            <Values {...field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Values({ before, after }: Pick<FieldDifference, 'before' | 'after'>) {
  const [old, next] = [before, after].map((value) => (value === undefined ? null : valueText(value)));
  if (old !== null && next !== null && old !== undefined && next !== undefined && (old.includes('\n') || next.includes('\n'))) {
    return <DifferenceLines before={old} after={next} />;
  }
  return (
    <>
      {old === null ? <i className={classes.absent}>not set</i> : <del>{old}</del>}
      <span aria-label="became"> → </span>
      {next === null ? <i className={classes.absent}>not set</i> : <ins>{next}</ins>}
    </>
  );
}
