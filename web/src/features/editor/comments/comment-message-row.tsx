import type { CommentMessage } from '@pipewright/shared/http/comments.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { useChangeComments } from '../../../api/comments.ts';
import { useMyName } from '../../../api/workspace.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { useEditor } from '../store/editor-context.tsx';
import { CommentText } from './comment-text.tsx';
import { InlineComposer } from './inline-composer.tsx';
import classes from './comments.module.css';

interface MessageProps {
  readonly thread: string;
  readonly message: CommentMessage;
}

/** One thing that somebody has said; what one has said oneself can be changed and deleted. */
export function CommentMessageRow({ thread, message }: MessageProps) {
  const [isEditing, setIsEditing] = useState(false);
  const isMine = useMyName() === message.by;
  return (
    <div className={classes.message}>
      <Avatar name={message.by} />
      <div className={classes.said}>
        <div className={classes.who}>
          <b className="pw-clip">{message.by}</b>
          <RelativeTime at={message.at} />
          {message.editedAt !== null && <span>· edited</span>}
          {isMine && !isEditing && <OwnMenu thread={thread} message={message} onEdit={() => setIsEditing(true)} />}
        </div>
        {isEditing ? <Rewording thread={thread} message={message} onEnd={() => setIsEditing(false)} /> : <CommentText message={message} />}
      </div>
    </div>
  );
}

function OwnMenu({ thread, message, onEdit }: MessageProps & { readonly onEdit: () => void }) {
  const { draftId } = useEditor();
  const change = useChangeComments(draftId);
  const icon = { size: 14, stroke: 1.8 } as const;
  const remove = (): void =>
    change.mutate({ kind: 'remove', thread, message: message.id }, { onError: (error) => showToast({ text: `Not deleted: ${messageOf(error)}` }) });
  return (
    <Menu position="bottom-end" withinPortal returnFocus={false}>
      <Menu.Target>
        <ActionIcon className={classes.own} aria-label="What to do with your comment">
          <IconDots size={15} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onEdit}>
          Edit
        </Menu.Item>
        <Menu.Item color="var(--pw-err)" leftSection={<IconTrash {...icon} />} onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Rewording({ thread, message, onEnd }: MessageProps & { readonly onEnd: () => void }) {
  const { draftId } = useEditor();
  const [text, setText] = useState(message.text);
  const change = useChangeComments(draftId);
  return (
    <InlineComposer
      label="Your comment"
      action="Save"
      text={text}
      onText={setText}
      sending={change}
      onSend={() => change.mutate({ kind: 'reword', thread, message: message.id, text }, { onSuccess: onEnd })}
      onCancel={onEnd}
    />
  );
}
