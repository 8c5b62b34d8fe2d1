import type { StateCreator } from 'zustand';
import { readCollapsed, writeCollapsed } from '../../../canvas/paper/collapsed-groups.ts';
import type { DraftSeed } from './document-slice.ts';
import type { EditorState } from './editor-state.ts';

/** How this window looks at notes and groups: never saved with the pipeline, never undone. */
export interface PaperSlice {
  readonly selectedNotes: ReadonlySet<string>;
  readonly selectedGroups: ReadonlySet<string>;
  /** The note whose text is being written. */
  readonly editingNote: string | null;
  /** The group whose name is being written. */
  readonly renamingGroup: string | null;
  /** Groups that lie as one box. */
  readonly collapsedGroups: ReadonlySet<string>;
  readonly editNote: (note: string | null) => void;
  readonly renameGroup: (group: string | null) => void;
  /** What hides a step that is selected is selected in its place. */
  readonly setCollapsed: (groups: Iterable<string>, isCollapsed: boolean) => void;
}

const noPaper: ReadonlySet<string> = new Set();

export const createPaperSlice =
  ({ draftId, content }: DraftSeed): StateCreator<EditorState, [], [], PaperSlice> =>
  (set, get) => ({
    selectedNotes: noPaper,
    selectedGroups: noPaper,
    editingNote: null,
    renamingGroup: null,
    collapsedGroups: readCollapsed(draftId, content.layout.groups),
    editNote: (editingNote) => set({ editingNote }),
    renameGroup: (renamingGroup) => set({ renamingGroup }),
    setCollapsed: (groups, isCollapsed) => {
      const ids = [...groups].filter((id) => get().collapsedGroups.has(id) !== isCollapsed);
      if (ids.length === 0) return;
      writeCollapsed(draftId, Object.fromEntries(ids.map((id) => [id, isCollapsed])));
      set(({ collapsedGroups }) => ({ collapsedGroups: isCollapsed ? collapsedGroups.union(new Set(ids)) : collapsedGroups.difference(new Set(ids)) }));
      if (isCollapsed) selectWhatHides(get());
    },
  });

function selectWhatHides(state: EditorState): void {
  const { content, selectedSteps, selectedGroups, selectedNotes, select } = state;
  const hiding = groupsHiding(state, selectedSteps);
  if (hiding.length === 0) return;
  const hidden = new Set(hiding.flatMap((id) => content.layout.groups[id]?.steps ?? []));
  const seen = [...selectedSteps].filter((key) => !hidden.has(rootOf(key)));
  select({ steps: seen, groups: selectedGroups.union(new Set(hiding)), notes: selectedNotes });
}

/** Whoever comes to a step that lies in a collapsed group is shown it. */
export function groupsHiding({ content, collapsedGroups }: Pick<EditorState, 'content' | 'collapsedGroups'>, steps: ReadonlySet<string>): string[] {
  if (collapsedGroups.size === 0 || steps.size === 0) return [];
  const roots = new Set([...steps].map(rootOf));
  return [...collapsedGroups].filter((id) => content.layout.groups[id]?.steps.some((step) => roots.has(step)));
}

/** Of a step in an unfolded pipeline, the step that this is in the document. */
const rootOf = (key: string): string => key.split('/')[0] ?? key;
