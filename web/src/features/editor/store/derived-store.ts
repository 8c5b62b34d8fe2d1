import { adjacencyOf, type Adjacency } from '@pipewright/shared/graph/adjacency.ts';
import { changedValues } from '@pipewright/shared/graph/changed-values.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Plan, PlannedStep } from '@pipewright/shared/run/plan.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { sourcesIn } from '../../../canvas/run-facts.ts';
import type { StepView } from '../../../canvas/step-view.ts';
import { createGroupCollapser } from '../../../canvas/paper/collapse-groups.ts';
import { createUnfoldingMapper, type UnfoldedGraph } from '../../../canvas/unfold.ts';
import { countOtherInputs, createChangeFinder, type StepChange } from '../model/changed-since.ts';
import { sameProblems } from '../model/same-problems.ts';
import { staleSteps } from '../model/stale-steps.ts';
import type { SaveView } from '../saving/save-view.ts';
import { findProblems, type FoundProblems, ProblemChecker } from './check-problems.ts';
import type { EditorStore } from './create-editor-store.ts';
import type { EditorState } from './editor-state.ts';

/** What follows from the document, the server and the attached run. Worked out once, read by step. */
export interface Derived extends FoundProblems {
  /** As it is drawn: the steps of a collapsed group are one box. */
  readonly flow: UnfoldedGraph;
  /** Of the steps of the document. */
  readonly views: ReadonlyMap<string, StepView>;
  /** Of everything that can be on the canvas: what lies in a collapsed group, and the steps of unfolded pipelines as well, by keys as `outer/inner`. */
  readonly drawn: ReadonlyMap<string, StepView>;
  /** The steps that each step of an unfolded pipeline reads. */
  readonly innerSources: ReadonlyMap<string, readonly string[]>;
  readonly adjacency: Adjacency;
  readonly plan: Plan | null;
  readonly plannedOf: ReadonlyMap<string, PlannedStep>;
  /** The steps that the next run would make anew, because something is different. */
  readonly stale: ReadonlySet<string>;
  /** The plan knows the last edit. */
  readonly isPlanCurrent: boolean;
  readonly changes: ReadonlyMap<string, StepChange>;
  /** Steps of the run that the draft has no longer. */
  readonly removedSince: number;
  /** Inputs that had another value in the run. */
  readonly otherInputs: number;
  readonly setPlan: (plan: Plan | null, isCurrent: boolean) => void;
  /** The document that the attached run is pinned to; null without one. */
  readonly runDocument: Pipeline | null;
  readonly setRunDocument: (document: Pipeline | null) => void;
}

export interface DerivedStore extends Disposable {
  readonly store: StoreApi<Derived>;
}

export function createDerivedStore(editor: EditorStore, saved: StoreApi<SaveView>): DerivedStore {
  const drawing = createDrawing(editor);
  const { draw } = drawing;
  const findChanges = createChangeFinder();
  const compare = (runDocument: Pipeline | null): Pick<Derived, 'changes' | 'removedSince' | 'otherInputs' | 'runDocument'> => {
    const { document } = editor.getState().content;
    if (!runDocument) return { changes: noChanges, removedSince: 0, otherInputs: 0, runDocument };
    const removedSince = Object.keys(runDocument.jobs).filter((key) => !Object.hasOwn(document.jobs, key)).length;
    return { changes: findChanges(document, runDocument), removedSince, otherInputs: countOtherInputs(document, runDocument), runDocument };
  };
  const around = (plan: Plan | null) => ({ server: [...saved.getState().problems, ...(plan?.problems ?? [])], drawn: drawing.drawnNow() });
  const checker = new ProblemChecker(
    () => ({ ...editor.getState(), ...around(store.getState().plan) }),
    (found) => {
      const { problems, isSound } = store.getState();
      // What is wrong is nearly always what was wrong: then nobody hears of it.
      if (sameProblems(problems, found.problems) !== problems || found.isSound !== isSound) store.setState(found);
    },
  );

  const store: StoreApi<Derived> = createStore<Derived>()((set) => ({
    ...draw(),
    ...compare(null),
    ...findProblems(editor.getState(), around(null)),
    adjacency: adjacencyOf(editor.getState().content.document),
    plan: null,
    plannedOf: new Map(),
    stale: new Set(),
    isPlanCurrent: false,
    setPlan: (plan, isPlanCurrent) => {
      const steps = plan?.steps ?? [];
      set({ plan, isPlanCurrent, plannedOf: new Map(steps.map((step) => [step.key, step])), stale: staleSteps(steps) });
      checker.checkSoon();
    },
    setRunDocument: (document) => set(compare(document)),
  }));
  const adjacencyNow = (now: Pipeline, before: Pipeline): Adjacency => (changedValues(before, now) === null ? adjacencyOf(now) : store.getState().adjacency);
  const stopEditor = editor.subscribe((state, before) => {
    const isDocumentNew = state.content.document !== before.content.document;
    if (!isDocumentNew && !isDrawingNew(state, before)) return;
    store.setState({
      ...draw(),
      ...(isDocumentNew
        ? { ...compare(store.getState().runDocument), adjacency: adjacencyNow(state.content.document, before.content.document), isPlanCurrent: false }
        : {}),
    });
    if (isDocumentNew || state.components !== before.components) checker.checkSoon();
  });
  const stopSaved = saved.subscribe((state, before) => {
    if (state.problems !== before.problems) checker.checkSoon();
  });
  return {
    store,
    [Symbol.dispose]: () => {
      checker[Symbol.dispose]();
      stopEditor();
      stopSaved();
    },
  };
}

/** What the editor has, as it is drawn; what is drawn as before is the same object as before. */
function createDrawing(editor: EditorStore): { readonly draw: () => Omit<Seen, 'whole' | 'wires'>; readonly drawnNow: () => Derived['drawn'] } {
  const toFlow = createUnfoldingMapper();
  const collapse = createGroupCollapser();
  let seen: Seen | null = null;

  const draw = (): Omit<Seen, 'whole' | 'wires'> => {
    const {
      content: saved,
      glide,
      components,
      selectedSteps,
      selectedEdges,
      wiring,
      unfolded,
      roomNumber,
      collapsedGroups,
      selectedGroups,
    } = editor.getState();
    const content = glide ? withPlaces(saved, glide) : saved;
    const whole = toFlow({ content, components, selectedSteps, selectedEdges, areScalarsShown: wiring?.isScalar ?? false, unfolded, roomNumber });
    const now = collapse(whole, { groups: content.layout.groups, collapsed: collapsedGroups, selectedGroups });
    // What is typed into a parameter changes the words of a view, and nothing of the drawing.
    const flow = seen && isSameDrawing(seen.flow, now) ? seen.flow : now;
    // While steps are only moved, their views are the same, and so is everything that reads them.
    const areViewsSame = seen?.whole.length === whole.views.length && whole.views.every((view, index) => seen?.whole[index] === view);
    // A wire that comes from elsewhere may leave every view as it is.
    const isWiredSame = unfolded.size === 0 || (seen?.wires.edges === whole.edges && seen.wires.controls === whole.controls);
    seen = seen && areViewsSame && isWiredSame ? { ...seen, flow } : { flow, whole: whole.views, wires: whole, ...viewsIn(whole, unfolded.size > 0) };
    return { flow, views: seen.views, drawn: seen.drawn, innerSources: seen.innerSources };
  };
  return { draw, drawnNow: () => seen?.drawn ?? noViews };
}

interface Seen extends Pick<Derived, 'flow' | 'views' | 'drawn' | 'innerSources'> {
  readonly whole: readonly StepView[];
  readonly wires: Pick<UnfoldedGraph, 'edges' | 'controls'>;
}

const noChanges: ReadonlyMap<string, StepChange> = new Map();
const noViews: ReadonlyMap<string, StepView> = new Map();

function viewsIn(whole: UnfoldedGraph, isUnfolded: boolean): Pick<Derived, 'views' | 'drawn' | 'innerSources'> {
  const drawn = new Map(whole.views.map((view) => [view.key, view]));
  if (!isUnfolded) return { drawn, views: drawn, innerSources: new Map() };
  return { drawn, views: new Map([...drawn].filter(([key]) => !key.includes('/'))), innerSources: sourcesIn(whole) };
}

const isSameDrawing = (a: UnfoldedGraph, b: UnfoldedGraph): boolean =>
  a.nodes === b.nodes && a.edges === b.edges && a.controls === b.controls && a.room === b.room;

function isDrawingNew(state: EditorState, before: EditorState): boolean {
  return (
    state.content.layout !== before.content.layout ||
    state.components !== before.components ||
    state.selectedSteps !== before.selectedSteps ||
    state.selectedEdges !== before.selectedEdges ||
    state.unfolded !== before.unfolded ||
    state.roomNumber !== before.roomNumber ||
    state.glide !== before.glide ||
    state.collapsedGroups !== before.collapsedGroups ||
    (state.selectedGroups !== before.selectedGroups && state.collapsedGroups.size > 0) ||
    state.wiring?.isScalar !== before.wiring?.isScalar
  );
}

/** The same document, drawn with steps at other places. */
function withPlaces({ layout, ...rest }: DraftContent, places: ReadonlyMap<string, Position>): DraftContent {
  return { ...rest, layout: { ...layout, steps: { ...layout.steps, ...Object.fromEntries(places) } } };
}
