import type { Person } from '@pipewright/shared/realtime/presence.ts';
import { countOf } from '../../../ui/format/number.ts';

/** The steps that a person has selected, in all windows, as far as they are there. */
export function stepsOf(person: Person, isThere: (step: string) => boolean): string[] {
  return [...new Set(person.windows.flatMap(({ steps }) => steps))].filter(isThere);
}

/** *at Train model*, *at 3 steps*, *looks at the pipeline*. */
export function placeOf(steps: readonly string[], titleOf: (step: string) => string): string {
  const [only, ...others] = steps;
  if (only === undefined) return 'looks at the pipeline';
  return others.length === 0 ? `at ${titleOf(only)}` : `at ${countOf(steps.length, 'step')}`;
}

/** How a person is called here: who sits at another window of their own is *you*. */
export function nameOf({ name, windows }: Person, me: string | null): string {
  if (name === me) return windows.length === 1 ? 'You, in another window' : `You, in ${windows.length} other windows`;
  return windows.length === 1 ? name : `${name}, in ${windows.length} windows`;
}
