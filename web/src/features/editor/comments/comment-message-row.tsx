import type { CommentMessage } from '@pipewright/shared/http/comments.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { useChangeComments } from '../../../api/comments.ts';
import { useMyName } from '../../../api/workspace.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { useEditor } from '../store/editor-context.tsx';
import { CommentText } from './comment-text.tsx';
import { InlineComposer } from './inline-composer.tsx';
import { isKeyboardAt, useHandOnFocus } from './keyboard-focus.ts';
import { isUnsent, useUnsentText } from './unsent-comments.ts';
import { useSendText } from './use-send-text.ts';
import classes from './comments.module.css';

interface MessageProps {
  readonly thread: string;
  readonly message: CommentMessage;
}

/** One thing that somebody has said; what one has said oneself can be changed and deleted. */
export function CommentMessageRow({ thread, message }: MessageProps) {
  const { draftId } = useEditor();
  const place = `${draftId} rewording ${message.id}`;
  const [isEditing, setIsEditing] = useState(() => isUnsent(place));
  /** The field, and then the menu in its place, come because somebody asked for them. */
  const [takesFocus, setTakesFocus] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  useHandOnFocus(row);
  const isMine = useMyName() === message.by;
  const edit = (): void => {
    setTakesFocus(true);
    setIsEditing(true);
  };
  const end = (): void => {
    setTakesFocus(isKeyboardAt(thread));
    setIsEditing(false);
  };
  return (
    <div ref={row} className={classes.message}>
      <Avatar name={message.by} />
      <div className={classes.said}>
        <div className={classes.who}>
          <b className="pw-clip">{message.by}</b>
          <RelativeTime at={message.at} />
          {message.editedAt !== null && <span>· edited</span>}
          {isMine && !isEditing && <OwnMenu thread={thread} message={message} takesFocus={takesFocus} onEdit={edit} />}
        </div>
        {isMine && isEditing ? (
          <Rewording thread={thread} message={message} place={place} takesFocus={takesFocus} onEnd={end} />
        ) : (
          <CommentText message={message} />
        )}
      </div>
    </div>
  );
}

function OwnMenu({ thread, message, takesFocus, onEdit }: MessageProps & { readonly takesFocus: boolean; readonly onEdit: () => void }) {
  const { draftId } = useEditor();
  const change = useChangeComments(draftId);
  const icon = { size: 14, stroke: 1.8 } as const;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  const remove = (): void => {
    // From there it is handed on.
    button.current?.focus();
    change.mutate({ kind: 'remove', thread, message: message.id }, { onError: (error) => showToast({ text: `Not deleted: ${messageOf(error)}` }) });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon ref={button} className={classes.own} aria-label="What to do with your comment">
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

interface RewordingProps extends MessageProps {
  readonly place: string;
  readonly takesFocus: boolean;
  readonly onEnd: () => void;
}

/** Kept like what is new until it is sent; leaving it lets it go. */
function Rewording({ thread, message, place, takesFocus, onEnd }: RewordingProps) {
  const [text, setText] = useUnsentText(place, message.text);
  const { sending, send } = useSendText(place);
  const submit = async (): Promise<void> => {
    if ((await send({ kind: 'reword', thread, message: message.id, text })) === 'sent') onEnd();
  };
  return (
    <InlineComposer
      label="Your comment"
      action="Save"
      text={text}
      isFocusedAtFirst={takesFocus}
      onText={setText}
      sending={sending}
      onSend={() => void submit()}
      onCancel={() => {
        setText(message.text);
        onEnd();
      }}
    />
  );
}
