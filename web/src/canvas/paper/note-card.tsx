import type { Note } from '@pipewright/shared/pipeline/layout.ts';
import { memo, type PointerEvent, useState } from 'react';
import { spellKeys } from '../../ui/commands/match-keys.ts';
import { useKeysOf } from '../../ui/commands/use-listed-commands.ts';
import { Markdown } from '../../ui/text/markdown.tsx';
import { useDetailLevel } from '../detail-level.tsx';
import { noteColor } from './paper-color.ts';
import classes from './paper.module.css';

/** What can be done with a note by hand; left out where it is only looked at. */
export interface NoteActs {
  readonly onPointerDown: (id: string, event: PointerEvent) => void;
  readonly onResize: (id: string, event: PointerEvent) => void;
  readonly onMenu: (id: string, at: { readonly x: number; readonly y: number }) => void;
  readonly onWrite: (id: string) => void;
  /** At the start of each visit: answers with what takes the text as it is written. */
  readonly onWriting: (id: string) => (text: string) => void;
  /** `isByKey`: the keyboard stays with the note. */
  readonly onWritten: (id: string, isByKey: boolean) => void;
}

interface NoteCardProps {
  readonly id: string;
  readonly note: Note;
  readonly isSelected?: boolean;
  readonly isWriting?: boolean;
  readonly isEditable?: boolean;
  readonly acts?: NoteActs | null;
}

/** A note on the paper: Markdown, or its text while it is written. */
export const NoteCard = memo(function NoteCard({ id, note, isSelected = false, isWriting = false, isEditable = false, acts = null }: NoteCardProps) {
  const level = useDetailLevel();
  const { x, y, width, height, text, color } = note;
  return (
    <div
      className={`${classes.note} nopan`}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
      data-note={id}
      data-paper={noteColor(color)}
      data-level={level}
      data-selected={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      role="note"
      aria-label={text.trim() === '' ? 'Empty note' : `Note: ${text.slice(0, 200)}`}
      onPointerDown={acts && !isWriting ? (event) => acts.onPointerDown(id, event) : undefined}
      onDoubleClick={acts ? () => acts.onWrite(id) : undefined}
      onContextMenu={
        acts && !isWriting
          ? (event) => {
              event.preventDefault();
              acts.onMenu(id, { x: event.clientX, y: event.clientY });
            }
          : undefined
      }
    >
      {isWriting && acts ? <Writing id={id} text={text} acts={acts} /> : <Text text={text} isSelected={isSelected} isEditable={isEditable} />}
      {isSelected && !isWriting && isEditable && acts && (
        <span className={classes.grip} data-grip aria-hidden onPointerDown={(event) => acts.onResize(id, event)} />
      )}
    </div>
  );
});

function Text({ text, isSelected, isEditable }: Pick<Note, 'text'> & Required<Pick<NoteCardProps, 'isSelected' | 'isEditable'>>) {
  return (
    <div className={`${classes.text} ${isSelected ? 'nowheel' : ''}`}>
      {text.trim() === '' ? <p className={classes.placeholder}>{isEditable ? <HowToWrite /> : 'Empty note'}</p> : <Markdown source={text} />}
    </div>
  );
}

function HowToWrite() {
  const keys = useKeysOf('editor.write-note');
  return `Empty note: double click${keys === undefined ? '' : `, or ${spellKeys(keys)},`} to write.`;
}

function Writing({ id, text, acts }: { readonly id: string; readonly text: string; readonly acts: NoteActs }) {
  // As long as the field is there: it may go without a blur.
  const [write] = useState(() => acts.onWriting(id));
  return (
    <textarea
      ref={focusAtEnd}
      className={`${classes.writing} nodrag nokey nowheel`}
      aria-label="Text of the note"
      placeholder="Markdown: **bold**, `code`, - a list"
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => acts.onWritten(id, false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        acts.onWritten(id, true);
      }}
    />
  );
}

const focusAtEnd = (field: HTMLTextAreaElement | null): void => {
  if (!field || document.activeElement === field) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
};
