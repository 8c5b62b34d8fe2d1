import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import type { Replacement } from '@pipewright/shared/draft/replace-component.ts';
import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import type { CodePlace } from '../../../api/component-code.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { offerUndo } from '../commands/offer-undo.ts';
import { upgradeSteps } from '../nesting/upgrade-steps.ts';
import type { Editor } from '../store/editor-context.tsx';
import { movesTo, type MoveWishes } from './version-moves.ts';

/** The steps that name a component so. */
export const usesOf = (jobs: Readonly<Record<string, Step>>, reference: string): string[] =>
  Object.entries(jobs).flatMap(([key, step]) => (componentReferenceOf(step) === reference ? [key] : []));

interface Takers {
  readonly place: CodePlace;
  readonly step: string;
  /** The other steps with the same version as well. */
  readonly takesOthers: boolean;
  /** Where wires and values go; what was chosen by hand is for the step itself. */
  readonly wishes: MoveWishes;
}

/** The step uses the version that was made of its code, as one edit; one that has got another component meanwhile keeps that. */
export function takeVersion(store: Editor['store'], { place, step, takesOthers, wishes }: Takers, made: RegisteredComponent): void {
  store.getState().learnComponents({ [made.reference]: made.component });
  const { content, components, edit } = store.getState();
  const { jobs } = content.document;
  const steps = usesOf(jobs, place.component).filter((key) => takesOthers || key === step);
  const upgrades = steps.map((key) => ({
    step: key,
    reference: made.reference,
    movesOf: (replacement: Replacement) => movesTo(replacement, key === step ? wishes : { ...wishes, chosen: new Map() }),
  }));
  const ops = upgradeSteps(content, components, upgrades);
  const where = steps.length === 1 ? (jobs[step]?.display_name ?? step) : countOf(steps.length, 'step');
  const said = `${made.name} is version ${made.version} now`;
  announce(said);
  if (ops.length > 0 && edit(ops, { label: `Use version ${made.version} of ${made.name} in ${where}` }).ok) offerUndo(store, said);
  else showToast({ text: `${made.name} is registered as version ${made.version}` });
}
