import type { ComponentInterface, ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { type Edge, edgesInto } from '@pipewright/shared/graph/edges-of.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { newerComponent } from './newer-component.ts';
import { type StepAside, stepView, type StepView } from './step-view.ts';

/** What other steps say of one. */
export interface ViewScope {
  readonly aside: StepAside | null;
  readonly readOutputs: ReadonlySet<string>;
  /** The branches and loops that name it. */
  readonly around: string | undefined;
}

interface ViewInput extends ViewScope {
  readonly content: DraftContent;
  readonly components: ComponentLookup;
  readonly areScalarsShown: boolean;
}

/** Everything that a view is made from, in a form that can be compared cheaply. */
interface ViewBasis {
  readonly step: Step;
  readonly component: ComponentInterface | string | undefined;
  readonly readOutputs: string;
  readonly orphans: string;
  readonly around: string | undefined;
  readonly areScalarsShown: boolean;
  readonly newer: string | undefined;
  /** Why it is not run, as text. */
  readonly aside: string;
}

interface RememberedView {
  readonly basis: ViewBasis;
  readonly view: StepView;
  readonly held: StepView;
}

/** The views of a document's steps: the same object again for a step that would be drawn as before. */
export class ViewMemory {
  readonly #prefix: string;
  readonly #views = new Map<string, RememberedView>();
  /** Parsing bindings is the costly part of an edit; a step that has not changed has the same edges. */
  readonly #edgesOfStep = new WeakMap<Step, { readonly key: string; readonly edges: readonly Edge[] }>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  edgesOf(key: string, step: Step): readonly Edge[] {
    const known = this.#edgesOfStep.get(step);
    if (known?.key === key) return known.edges;
    const edges = edgesInto(key, step);
    this.#edgesOfStep.set(step, { key, edges });
    return edges;
  }

  viewOf(key: string, input: ViewInput): StepView {
    const { content, components, readOutputs, areScalarsShown, aside } = input;
    const basis = this.#basisOf(key, input);
    const known = this.#views.get(`${this.#prefix}${key}`);
    if (known && isSameBasis(known.basis, basis)) return known.view;
    const now = this.#outside(stepView(key, { document: content.document, components }, { readOutputs, areScalarsShown, aside }));
    const isAlike = known !== undefined && isDrawnAlike(known.held, now);
    const held = isAlike ? known.held : now;
    const view = !isAlike ? now : known.view.subtitle === now.subtitle ? known.view : { ...held, subtitle: now.subtitle };
    this.#views.set(view.key, { basis, view, held });
    return view;
  }

  /** What the node of a step holds: its view, but for a subtitle that is typed at the moment. `key` as it is drawn. */
  held(key: string): StepView | undefined {
    return this.#views.get(key)?.held;
  }

  /** The keys of those that are gone. */
  forgetAllBut(views: readonly StepView[]): readonly string[] {
    if (this.#views.size === views.length) return [];
    const alive = new Set(views.map(({ key }) => key));
    const gone = [...this.#views.keys()].filter((key) => !alive.has(key));
    for (const key of gone) this.#views.delete(key);
    return gone;
  }

  #basisOf(key: string, { content: { document }, components, areScalarsShown, readOutputs, around, aside }: ViewInput): ViewBasis {
    const step = document.jobs[key];
    if (!step) throw new Error(`Internal error: expected a step ${key}`);
    const orphans = this.edgesOf(key, step).filter(({ from }) => !Object.hasOwn(document.jobs, from.step));
    return {
      step,
      // A step with its own command has ports that hang on what feeds it; compared by content.
      component: typeof step.component === 'string' ? components[step.component] : JSON.stringify(interfaceOf(key, document, components)),
      readOutputs: [...readOutputs].join(' '),
      orphans: orphans.map(({ to }) => to.input).join(' '),
      around,
      areScalarsShown,
      newer: newerComponent(step, components)?.version,
      aside: aside === null ? '' : `${aside.kind} ${aside.text}`,
    };
  }

  #outside(view: StepView): StepView {
    if (this.#prefix === '') return view;
    return { ...view, key: `${this.#prefix}${view.key}`, loop: view.loop === null ? null : `${this.#prefix}${view.loop}` };
  }
}

/** But for the subtitle. */
const isDrawnAlike = (a: StepView, b: StepView): boolean => JSON.stringify({ ...a, subtitle: '' }) === JSON.stringify({ ...b, subtitle: '' });

function isSameBasis(a: ViewBasis, b: ViewBasis): boolean {
  return (
    a.step === b.step &&
    a.component === b.component &&
    a.readOutputs === b.readOutputs &&
    a.orphans === b.orphans &&
    a.around === b.around &&
    a.newer === b.newer &&
    a.aside === b.aside &&
    a.areScalarsShown === b.areScalarsShown
  );
}
