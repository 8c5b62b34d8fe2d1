import { planReplacement, type PortMove, type Replacement } from '@pipewright/shared/draft/replace-component.ts';

/** Where wires and values go when a step uses the version that was written: with what was renamed, and as was chosen. */
export interface MoveWishes {
  /** `inputs NAME` of before to the name of now. */
  readonly renames: ReadonlyMap<string, string>;
  /** The same, chosen by hand; null: taken away. */
  readonly chosen: ReadonlyMap<string, string | null>;
}

export const idOfMove = ({ side, name }: Pick<PortMove, 'side' | 'name'>): string => `${side} ${name}`;

export function movesTo(replacement: Replacement, { renames, chosen }: MoveWishes): PortMove[] {
  const planned = planReplacement(replacement);
  const claimed = new Set(
    planned.flatMap(({ side, name }) => {
      const now = renames.get(idOfMove({ side, name }));
      return now === undefined ? [] : [idOfMove({ side, name: now })];
    }),
  );
  return planned.map((move) => {
    const { side, name, to } = move;
    const id = idOfMove(move);
    const wished = chosen.get(id);
    // A port that was chosen may be gone since.
    if (wished === null || (wished !== undefined && Object.hasOwn(replacement.next.ports[side], wished))) return { ...move, to: wished };
    const now = renames.get(id);
    if (now !== undefined) return { ...move, to: now };
    // Nothing but its type speaks for the port, and another has that by its name.
    return to !== null && to !== name && claimed.has(idOfMove({ side, name: to })) ? { ...move, to: name } : move;
  });
}
