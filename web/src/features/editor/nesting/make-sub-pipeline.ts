import { cutOut, type Cut, type CutResult } from '@pipewright/shared/draft/cut-out.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { extractOps } from '@pipewright/shared/draft/extract-steps.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { boxAround, nodeHeight, nodeWidth, type Point } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { placeUnplaced } from '../model/add-step.ts';
import { freePlace } from '../model/free-place.ts';
import type { EditorState } from '../store/editor-state.ts';
import { placedContent } from './placed-content.ts';

type Standing = Pick<EditorState, 'content' | 'components'>;

export const cutOutOf = ({ content, components }: Standing, steps: readonly string[]): CutResult => cutOut(placedContent(content), components, new Set(steps));

/** The edit that puts a step of the registered sub-pipeline in the place of the steps it was made of. */
export function subPipelineOps({ content }: Standing, cut: Cut, sub: { readonly title: string; readonly reference: string }): { ops: DraftOp[]; key: string } {
  const gone = new Set(cut.keys);
  const left = Object.fromEntries(Object.entries(content.document.jobs).filter(([key]) => !gone.has(key)));
  const key = makeStepKey(sub.title.toLowerCase(), left);
  const placed = placedContent(content);
  return { ops: [...placeUnplaced(content), ...extractOps(placed, cut, { ...sub, key, position: middleOf(placed, gone) })], key };
}

/** In the middle of what goes. */
function middleOf(content: EditorState['content'], gone: ReadonlySet<string>): Point {
  const places = Object.entries(positionsOf(content));
  const box = boxAround(places.flatMap(([key, place]) => (gone.has(key) ? [place] : []))) ?? { x: 0, y: 0, width: nodeWidth, height: nodeHeight };
  const wanted = { x: box.x + (box.width - nodeWidth) / 2, y: box.y + (box.height - nodeHeight) / 2 };
  return freePlace(
    places.flatMap(([key, place]) => (gone.has(key) ? [] : [place])),
    wanted,
  );
}

/** What to call the sub-pipeline: as the group that the steps are, else by the first and the last of them. */
export function titleForSteps({ content }: Pick<EditorState, 'content'>, steps: readonly string[]): string {
  const group = Object.values(content.layout.groups).find(
    ({ steps: members }) => members.length === steps.length && members.every((key) => steps.includes(key)),
  );
  if (group && group.title.trim() !== '') return group.title;
  const titles = Object.keys(content.document.jobs).flatMap((key) => (steps.includes(key) ? [content.document.jobs[key]?.display_name ?? key] : []));
  const [first = 'Sub-pipeline', ...others] = titles;
  const last = others.at(-1);
  return last === undefined ? first : others.length === 1 ? `${first} and ${last}` : `${first} to ${last}`;
}
