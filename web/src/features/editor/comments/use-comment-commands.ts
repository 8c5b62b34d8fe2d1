import { useCommands } from '../../../ui/commands/use-commands.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import { useShowComments } from './use-show-comments.ts';

/** On the canvas. */
export function useCommentCommands(): void {
  const { store } = useEditor();
  const isOpen = useEditorState((state) => state.areCommentsShown);
  const step = useEditorState(selectStepInView);
  const show = useShowComments();
  useCommands('editor.comments', [
    {
      id: 'editor.comments',
      title: isOpen ? 'Close the comments' : 'Show the comments',
      group: 'Canvas',
      keys: 'M',
      keywords: 'discussion threads notes review',
      keysWorkAt: isOnCanvas,
      run: () => (isOpen ? store.getState().showComments(false) : show()),
    },
    {
      id: 'editor.comment-step',
      title: 'Comment on the step…',
      group: 'Canvas',
      keys: 'Shift+M',
      keywords: 'say discuss mention',
      keysWorkAt: isOnCanvas,
      isEnabled: step !== null,
      run: show,
    },
    {
      id: 'editor.comment-pipeline',
      title: 'Comment on the pipeline…',
      group: 'Pipeline',
      keywords: 'say discuss mention',
      run: () => {
        store.getState().select({});
        show();
      },
    },
  ]);
}
