import type { ComparedRunStep, ComparedStanding, RunsComparison } from '@pipewright/shared/run/compare-runs.ts';
import { useMemo } from 'react';
import { ComparisonCanvas } from '../../canvas/compare/comparison-canvas.tsx';
import { unionFlow } from '../../canvas/compare/comparison-flow.ts';
import type { StepStrip } from '../../canvas/step-strip.ts';
import type { ComparedRun } from './compared-run.ts';
import { letterOf } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface GraphCardProps {
  readonly runs: readonly ComparedRun[];
  readonly comparison: RunsComparison;
  readonly selected: string | null;
  readonly onSelect: (step: string | null) => void;
}

/** All steps of all runs as one graph, each by how it stands against the first. */
export function GraphCard({ runs, comparison, selected, onSelect }: GraphCardProps) {
  const { steps, contents, addedEdges, removedEdges } = comparison;
  const flow = useMemo(() => {
    const components = Object.assign({}, ...runs.map(({ run }) => run.snapshot.components)) as ComparedRun['run']['snapshot']['components'];
    return unionFlow({ contents, components, addedEdges, removedEdges });
  }, [runs, contents, addedEdges, removedEdges]);
  const strips = useMemo(() => new Map(outerSteps(steps).map((step) => [step.key, stripOf(step)])), [steps]);
  const count = (standing: ComparedStanding): number => steps.filter((step) => step.standing === standing).length;
  const counts = (['added', 'changed', 'affected', 'removed'] as const).flatMap((standing) => {
    const number = count(standing);
    return number === 0 ? [] : [{ standing, text: `${number} ${words[standing].counted}` }];
  });
  return (
    <section className={`pw-card ${classes.card}`} aria-label="Graph">
      <header className={classes.head}>
        <h2>Graph</h2>
        <span className="pw-sm pw-muted">
          {runs
            .slice(1)
            .map((_, index) => letterOf(index + 1))
            .join(', ')}{' '}
          against A
        </span>
        <span className={classes.counts}>
          {counts.length === 0
            ? 'No difference'
            : counts.map(({ standing, text }) => (
                <span key={standing} data-standing={standing}>
                  {text}
                </span>
              ))}
        </span>
      </header>
      <ComparisonCanvas flow={flow} strips={strips} selected={selected?.split('/')[0] ?? null} onSelect={onSelect} isInCard />
    </section>
  );
}

const words = {
  same: { look: 'same', word: 'Same', counted: 'same' },
  added: { look: 'added', word: 'Added', counted: 'added' },
  removed: { look: 'removed', word: 'Removed', counted: 'removed' },
  changed: { look: 'edited', word: 'Changed', counted: 'changed' },
  affected: { look: 'moved', word: 'Other data', counted: 'with other data' },
} as const satisfies Readonly<Record<ComparedStanding, { look: StepStrip['look']; word: string; counted: string }>>;

/** A pipeline in the graph stands as what is most different in it. */
function outerSteps(steps: readonly ComparedRunStep[]): ComparedRunStep[] {
  const order: readonly ComparedStanding[] = ['same', 'affected', 'changed', 'removed', 'added'];
  const outer = new Map<string, ComparedRunStep>();
  for (const step of steps) {
    const [key = step.key, ...inner] = step.key.split('/');
    const known = outer.get(key);
    const standing = inner.length > 0 && (step.standing === 'added' || step.standing === 'removed') ? 'changed' : step.standing;
    if (!known || order.indexOf(standing) > order.indexOf(known.standing)) outer.set(key, { ...step, key, standing });
  }
  return [...outer.values()];
}

/** `B C · fraction, seed`: in which runs it is otherwise, and by what. */
function stripOf({ standing, differs, values, keys }: ComparedRunStep): StepStrip {
  const { look, word } = words[standing];
  const inRuns = standing === 'removed' ? ['A'] : differs.flatMap((differing, index) => (differing ? [letterOf(index)] : []));
  const names = keys.includes(null) ? [] : values.filter((value) => value.differs.includes(true)).map(({ name }) => name);
  const detail = [inRuns.join(' '), names.join(', ')].filter((part) => part !== '').join(' · ');
  return { status: 'none', look, word, detail: standing === 'same' ? '' : detail, isDetailCode: false, time: null };
}
