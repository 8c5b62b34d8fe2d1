import { Menu } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useEditor } from '../store/editor-context.tsx';
import { useShowComments } from './use-show-comments.ts';

/** Of the menu of a step. */
export function CommentItem({ step }: { readonly step: string }) {
  const { store } = useEditor();
  const show = useShowComments();
  const comment = (): void => {
    store.getState().select({ steps: [step] });
    show();
  };
  return (
    // Once the menu has given the keyboard back.
    <Menu.Item
      leftSection={<IconMessageCircle size={15} stroke={1.8} />}
      rightSection={<CommandKeys of="editor.comment-step" />}
      onClick={() => setTimeout(comment)}
    >
      Comment on it…
    </Menu.Item>
  );
}
