import { useReactFlow } from '@xyflow/react';
import { pinOf } from '@pipewright/shared/pipeline/step-aside.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { stepsMeant } from '../paper/counts-of.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys, selectSelectedCount, selectSoleStep } from '../store/selectors.ts';
import { bypassSteps, disableSteps, standingOf, togglePin } from './aside-acts.ts';

const onCanvas = { group: 'Canvas', keysWorkAt: isOnCanvas } as const;

/** What a person says of steps that a run leaves out, or takes from an earlier one. */
export function useAsideCommands(): void {
  const editor = useEditor();
  const { store } = editor;
  const flow = useReactFlow();
  const count = useEditorState(selectSelectedCount);
  const sole = useEditorState(selectSoleStep);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const isDisabled = useEditorState((state) => standingOf({ store }, selectedKeys(state)).isDisabled);
  const isBypassed = useEditorState((state) => standingOf({ store }, selectedKeys(state)).isBypassed);
  const isPinned = useEditorState(({ content }) => {
    const step = sole === null ? undefined : content.document.jobs[sole];
    return sole !== null && step !== undefined && pinOf(sole, step) !== null;
  });
  const steps = stepsMeant(count);
  const keys = (): string[] => selectedKeys(store.getState());
  const isEnabled = isEditable && count > 0;
  useCommands('editor.aside', [
    {
      ...onCanvas,
      id: 'editor.disable',
      title: isDisabled ? `Enable ${steps}` : `Disable ${steps}`,
      keys: 'D',
      keywords: 'skip mute deactivate off',
      isEnabled,
      run: () => disableSteps(editor, keys()),
    },
    {
      ...onCanvas,
      id: 'editor.bypass',
      title: isBypassed ? `Run ${steps} again` : `Bypass ${steps}`,
      keys: 'B',
      keywords: 'skip pass through',
      isEnabled,
      run: () => bypassSteps(editor, keys()),
    },
    {
      ...onCanvas,
      id: 'editor.pin',
      title: isPinned ? 'Unpin the result of the step' : 'Pin a result of the step',
      keys: 'P',
      keywords: 'freeze cache keep output',
      isEnabled: isEditable && sole !== null,
      run: () => {
        if (sole === null) return;
        const place = flow.getNode(sole)?.position ?? { x: 0, y: 0 };
        togglePin(editor, sole, flow.flowToScreenPosition({ x: place.x + nodeWidth + 12, y: place.y + nodeHeight / 2 }));
      },
    },
  ]);
}
