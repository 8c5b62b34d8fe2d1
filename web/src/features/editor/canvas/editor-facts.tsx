import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { type Changing, changesOf, type Fact, factOf, sharedChanges } from '../../../canvas/fact.ts';
import { nestedStanding, stripOfNested } from '../../../canvas/nested-strip.ts';
import { queuedAhead, stripOfStep, waitsFor } from '../../../canvas/run-facts.ts';
import { isGroupHandle } from '../../../canvas/port-slots.ts';
import type { Nesting, Origins, PortMark, StepFacts } from '../../../canvas/step-facts.ts';
import type { StepView } from '../../../canvas/step-view.ts';
import { isSameStrip } from '../../../canvas/step-strip.ts';
import { draftStrip } from '../model/draft-strip.ts';
import { nestedPlan } from '../model/nested-plan.ts';
import { causeOf } from '../model/run-cause.ts';
import { isSuperseded } from '../model/superseded.ts';
import { isStaleInside } from '../model/stale-steps.ts';
import { mayBeGiven } from '../model/registered-data.ts';
import { portId } from '../model/port-ref.ts';
import { companyFacts } from '../presence/company-facts.ts';
import { attachedRunOf } from '../store/attached-run.ts';
import type { Editor } from '../store/editor-context.tsx';
import { groupFacts, statusOf } from '../paper/group-facts.ts';
import { EdgeTools } from './edge-tools.tsx';
import { StepTools } from './step-tools.tsx';

/** Whether registered data that is in the hand may be given to a port, or to one of a group. */
function markFor(asset: Asset, view: StepView | undefined, handle: string): PortMark {
  if (!handle.startsWith('inputs.')) return 'plain';
  const ports = view?.inputs.filter(({ name }) => isGroupHandle(handle) || handle === `inputs.${name}`) ?? [];
  return ports.some((port) => mayBeGiven(asset, port)) ? 'valid' : 'invalid';
}

function originsOf(store: Editor['store'], derived: Editor['derived']): Origins {
  const pointing = changesOf(store, ['pointedStep']);
  return {
    point: (step) => store.getState().point(step),
    // A step of a pipeline that is folded is looked for at the pipeline.
    go: (step) => store.getState().select({ steps: [shownAs(step, derived.getState().drawn)] }),
    isPointed: (step) =>
      factOf({
        from: [pointing],
        read: () => [store.getState().pointedStep] as const,
        make: ([pointed]) => pointed !== null && shownAs(pointed, derived.getState().drawn) === step,
      }),
  };
}

/** The step itself, or the nearest pipeline around it that is drawn. */
function shownAs(step: string, drawn: ReadonlyMap<string, StepView>): string {
  const parts = step.split('/');
  while (parts.length > 1 && !drawn.has(parts.join('/'))) parts.pop();
  return parts.join('/');
}

/** What wakes whom. None of it is about where steps stand: a drag wakes nobody here. */
function changesIn({ store, derived }: Pick<Editor, 'store' | 'derived'>, attached: Changing) {
  const drawing = changesOf(derived, ['drawn']);
  return {
    drawing,
    standing: changesOf(derived, ['drawn', 'adjacency', 'innerSources', 'changes', 'problemsOf', 'plannedOf', 'stale', 'isPlanCurrent']),
    problems: changesOf(derived, ['problemsOf']),
    held: changesOf(store, ['wiring', 'heldAsset']),
    statuses: sharedChanges((listener) => {
      const stops = [attached.subscribe(listener), drawing.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    }),
  };
}

const namesIn = (derived: Editor['derived']) => ({
  titleOf: (step: string): string => derived.getState().drawn.get(step)?.title ?? step,
  sourcesOf: (step: string): readonly string[] => {
    const { adjacency, innerSources } = derived.getState();
    return (step.includes('/') ? innerSources : adjacency.above).get(step) ?? [];
  },
});

const noProblems: readonly string[] = [];

/** Of what is in the hand: a wire, or registered data. */
function portMarkOf({ store, derived }: Editor, held: Changing, { step, handle }: { readonly step: string; readonly handle: string }): Fact<PortMark> {
  const id = `${step}.${handle}`;
  return factOf({
    from: [held],
    read: () => [store.getState().wiring, store.getState().heldAsset] as const,
    make: ([wiring, asset]) => {
      if (asset) return markFor(asset, derived.getState().views.get(step), handle);
      if (!wiring) return 'plain';
      if (id === portId(wiring.from)) return 'source';
      const verdict = wiring.verdicts.get(id);
      return verdict ? (verdict.isValid ? 'valid' : 'invalid') : 'plain';
    },
  });
}

/** What the designer knows of its steps besides the document. Made once per open draft. */
export function createEditorFacts(editor: Editor, nesting: Nesting, me: string | null): StepFacts {
  const { store, derived } = editor;
  const attached = attachedRunOf(store);
  const { standing, drawing, problems, held, statuses } = changesIn({ store, derived }, attached);
  const names = namesIn(derived);
  return {
    keyOf: (step) => step,
    strip: (step) =>
      factOf({
        // A plan comes with every pause of typing; what it says of most steps is what was said before.
        isSame: isSameStrip,
        from: [attached, standing],
        read: () => {
          const { id, steps } = attached.get();
          const { drawn, changes, problemsOf, plannedOf, stale, isPlanCurrent } = derived.getState();
          const view = drawn.get(step);
          const worker = view?.loop ?? step;
          return [
            id,
            steps[worker],
            waitsFor(steps, worker, names),
            view?.version ?? '',
            view?.isMissing ? view.subtitle : null,
            view?.isElsewhere ?? false,
            view?.itemNoun ?? 'item',
            changes.get(step) ?? null,
            problemsOf.get(step) ?? noProblems,
            plannedOf.get(worker) ?? (view?.isPipeline ? nestedPlan(plannedOf, step) : null),
            stale.has(worker) || (view?.isPipeline === true && isStaleInside(stale, step)),
            isPlanCurrent,
            view?.isPipeline ? nestedStanding(steps, step) : '',
            plannedOf,
            queuedAhead(steps, worker),
            view?.aside ?? null,
            view?.pinnedTo ?? null,
            isSuperseded({ run: id, steps, planned: plannedOf }, view?.isPipeline ? { pipeline: step } : { step: worker }),
          ] as const;
        },
        make: ([runId, stepRun, waiting, version, missing, isElsewhere, itemNoun, change, problems, planned, isStale, isPlanCurrent, standing, ...more]) => {
          const [plannedOf, ahead, aside, pinnedTo, isSupersededNow] = more;
          const cause = planned && causeOf(planned, plannedOf, derived.getState().stale);
          const run =
            runId === null
              ? null
              : { id: runId, strip: stepRun ? stripOfStep(stepRun, waiting, { titleOf: names.titleOf, itemNoun, ahead, me }) : stripOfNested(standing) };
          return draftStrip({
            version,
            aside,
            pinnedTo,
            missing,
            isElsewhere,
            run,
            change,
            problems,
            planned,
            cause,
            isStale,
            isPlanCurrent,
            isSuperseded: isSupersededNow,
          });
        },
      }),
    subtitle: (step) => factOf({ from: [drawing], read: () => [derived.getState().drawn.get(step)?.subtitle], make: ([subtitle]) => subtitle ?? '' }),
    statuses,
    status: (step) => factOf({ from: [attached, drawing], read: () => [statusOf(step, { attached, derived })] as const, make: ([status]) => status }),
    portMark: (step, handle) => portMarkOf(editor, held, { step, handle }),
    groups: groupFacts({ store, derived, attached, changing: [attached, standing] }),
    problemCount: (step) => factOf({ from: [problems], read: () => [derived.getState().problemsOf.get(step)?.length] as const, make: ([count]) => count ?? 0 }),
    ...companyFacts(editor),
    nesting,
    origins: originsOf(store, derived),
    StepTools,
    EdgeTools,
  };
}
