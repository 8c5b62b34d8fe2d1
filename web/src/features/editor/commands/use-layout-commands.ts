import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  type TablerIcon,
} from '@tabler/icons-react';
import { type Box, nodeSize } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { usePreferences } from '../../../ui/preferences.ts';
import { type Alignment, alignBoxes, type Distribution, distributeBoxes } from '../model/align.ts';
import { type Editor, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys, selectSelectedCount } from '../store/selectors.ts';
import { moveGliding } from './glide.ts';
import { isOnCanvas } from './is-on-canvas.ts';

export interface Arrangement {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly icon: TablerIcon;
  /** How many steps have to be selected for it to mean something. */
  readonly needs: number;
  readonly places: (boxes: ReadonlyMap<string, Box>) => ReturnType<typeof alignBoxes>;
}

const align = (how: Alignment, title: string, { keys, icon }: Pick<Arrangement, 'keys' | 'icon'>): Arrangement => ({
  id: `editor.align-${how}`,
  title,
  keys,
  icon,
  needs: 2,
  places: (boxes) => alignBoxes(boxes, how),
});

const distribute = (how: Distribution, { keys, icon }: Pick<Arrangement, 'keys' | 'icon'>): Arrangement => ({
  id: `editor.distribute-${how}`,
  title: `Distribute ${how}`,
  keys,
  icon,
  needs: 3,
  places: (boxes) => distributeBoxes(boxes, how),
});

/** What can be done to the places of several steps. The letters lie on the keyboard as the edges do: A left, D right, W top, S bottom. */
export const arrangements: readonly Arrangement[] = [
  align('left', 'Align left edges', { keys: 'Alt+A', icon: IconLayoutAlignLeft }),
  align('center', 'Align centres', { keys: 'Alt+H', icon: IconLayoutAlignCenter }),
  align('right', 'Align right edges', { keys: 'Alt+D', icon: IconLayoutAlignRight }),
  align('top', 'Align top edges', { keys: 'Alt+W', icon: IconLayoutAlignTop }),
  align('middle', 'Align middles', { keys: 'Alt+V', icon: IconLayoutAlignMiddle }),
  align('bottom', 'Align bottom edges', { keys: 'Alt+S', icon: IconLayoutAlignBottom }),
  distribute('horizontally', { keys: 'Alt+Shift+H', icon: IconLayoutDistributeVertical }),
  distribute('vertically', { keys: 'Alt+Shift+V', icon: IconLayoutDistributeHorizontal }),
];

export function useLayoutCommands(): void {
  const editor = useEditor();
  const selected = useEditorState(selectSelectedCount);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const { isSnapping, setSnapping } = usePreferences();
  useCommands('editor.layout', [
    ...arrangements.map((arrangement) => ({
      id: arrangement.id,
      group: 'Canvas',
      title: arrangement.title,
      keys: arrangement.keys,
      keywords: 'layout arrange',
      keysWorkAt: isOnCanvas,
      isEnabled: isEditable && selected >= arrangement.needs,
      run: () => arrange(editor, arrangement),
    })),
    {
      id: 'editor.snapping',
      group: 'Canvas',
      title: isSnapping ? 'Do not snap to the grid' : 'Snap to the grid',
      keywords: 'layout align',
      run: () => {
        setSnapping(!isSnapping);
        announce(isSnapping ? 'Steps are moved freely' : 'Steps keep to the grid');
      },
    },
  ]);
}

export function arrange(editor: Editor, { title, places }: Arrangement): void {
  const { content } = editor.store.getState();
  const positions = positionsOf(content);
  const sizes = new Map(editor.derived.getState().flow.nodes.map((node) => [node.id, node.data.frame ?? nodeSize]));
  const boxes = selectedKeys(editor.store.getState()).flatMap((key): [string, Box][] => {
    const place = positions[key];
    return place ? [[key, { ...place, ...(sizes.get(key) ?? nodeSize) }]] : [];
  });
  moveGliding(editor, places(new Map(boxes)), { label: `${title} of ${boxes.length} steps` });
  announce(`${title}: ${boxes.length} steps`);
}
