import { z } from 'zod';
import { DisplayName } from '../http/workspace.ts';

/** More than that are told as nothing in particular: everybody sees that they are many. */
export const mostShownSteps = 50;

/** One window that has a draft open: who sits at it, and the steps that are selected there (`outer/inner` for one further down). */
export const PresentWindow = z.object({
  window: z.string().min(1).max(64),
  name: DisplayName,
  steps: z.array(z.string().min(1).max(400)).max(mostShownSteps),
});
export type PresentWindow = z.infer<typeof PresentWindow>;

/** A person, by the name alone: there are no accounts. */
export interface Person {
  readonly name: string;
  /** In the order in which they came. */
  readonly windows: readonly PresentWindow[];
}

/** Several windows of one person are one person, who stands where the first of them came. */
export function peopleOf(windows: readonly PresentWindow[]): Person[] {
  const byName = Map.groupBy(windows, ({ name }) => name);
  return [...byName].map(([name, theirs]) => ({ name, windows: theirs }));
}
