import { IconMessageCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { commentsQuery } from '../../../api/comments.ts';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { countOf } from '../../../ui/format/number.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useShowComments } from './use-show-comments.ts';

/** Beside the history. */
export function CommentsTool() {
  const { store, draftId } = useEditor();
  const isOpen = useEditorState((state) => state.areCommentsShown);
  const { data } = useQuery(commentsQuery(draftId));
  const show = useShowComments();
  const open = data?.filter(({ resolved }) => !resolved).length ?? 0;
  const name = isOpen ? 'Close the comments' : `Show the comments${open === 0 ? '' : `, ${countOf(open, 'open comment')}`}`;
  return (
    <Tool
      label={useNameWithKeys(name, 'editor.comments')}
      icon={IconMessageCircle}
      isOn={isOpen}
      onClick={() => (isOpen ? store.getState().showComments(false) : show())}
    />
  );
}
