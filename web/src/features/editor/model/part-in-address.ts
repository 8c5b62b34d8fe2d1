import type { PartOfRun } from '@pipewright/shared/run/run-part.ts';

/** A part of the pipeline as the address of the page says it: `to:train`, `from:split`, `only:train,score`; empty for all of it. */
export function partInAddress({ from, to, only }: PartOfRun): string {
  if (only !== undefined) return `only:${only.join(',')}`;
  return [...(from === undefined ? [] : [`from:${from}`]), ...(to === undefined ? [] : [`to:${to}`])].join(' ');
}

/** What is not a part is all of the pipeline. */
export function readPartInAddress(text: string): PartOfRun {
  const said = new Map(text.split(' ').map((word) => [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)]));
  const [from, to, only] = [said.get('from'), said.get('to'), said.get('only')];
  if (only) return { only: only.split(',') };
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}
