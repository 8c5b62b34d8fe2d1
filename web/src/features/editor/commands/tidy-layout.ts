import { positionsOf } from '../../../canvas/positions-of.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { fromElkGraph, toElkGraph } from '../model/tidy.ts';
import type { Editor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import { moveGliding } from './glide.ts';
import { layOut } from './lay-out.ts';

/** Of the selected steps, if there are several, around their middle; else of all. What was edited meanwhile stays: only places are set. */
export async function tidyLayout(editor: Editor): Promise<void> {
  const { store, derived } = editor;
  const selected = selectedKeys(store.getState());
  const isPart = selected.length > 1 && selected.length < Object.keys(store.getState().content.document.jobs).length;
  try {
    const { flow, views } = derived.getState();
    const result = await layOut(toElkGraph(flow, isPart ? new Set(selected) : new Set(views.keys())));
    const { content } = store.getState();
    const places = [...fromElkGraph(result, positionsOf(content), isPart)].filter(([key]) => Object.hasOwn(content.document.jobs, key));
    moveGliding(editor, new Map(places), isPart ? `Tidy the layout of ${selected.length} steps` : 'Tidy the layout');
    store.getState().makeRoomAnew();
    announce('The layout is tidy');
  } catch (error) {
    showToast({ text: `The layout could not be computed: ${error instanceof Error ? error.message : String(error)}` });
  }
}
