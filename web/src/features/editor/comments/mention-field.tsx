import { Popover, Textarea } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import type { StepView } from '../../../canvas/step-view.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { useDerived } from '../store/editor-context.tsx';
import { completeMention, offeredSteps, type TypedMention, typedMention } from './mention-typing.ts';
import classes from './comments.module.css';

interface MentionFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly error?: ReactNode;
  readonly isFocusedAtFirst?: boolean;
  readonly onChange: (text: string) => void;
  /** Ctrl-Enter. */
  readonly onSubmit: () => void;
  readonly onCancel?: () => void;
}

/** Plain text in which `@` offers the steps of the draft; Ctrl-Enter sends it, Esc closes the list and then the field. */
export function MentionField({ label, placeholder, text, error, isFocusedAtFirst = false, onChange, onSubmit, onCancel }: MentionFieldProps) {
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { offered, activeIndex, setActiveIndex, look, choose, close } = useMentions(field, { text, onChange });
  // One goes on behind what stands there.
  useLayoutEffect(() => {
    const end = field.current?.value.length ?? 0;
    if (isFocusedAtFirst) field.current?.setSelectionRange(end, end);
  }, [isFocusedAtFirst]);
  const isOpen = offered.length > 0;
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    } else if (isOpen) walkList(event, { count: offered.length, activeIndex, setActiveIndex, choose: () => choose(offered[activeIndex]?.key), close });
    else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      onCancel();
    }
  };
  return (
    <Popover
      opened={isOpen}
      position="bottom-start"
      width="target"
      offset={4}
      trapFocus={false}
      returnFocus={false}
      closeOnEscape={false}
      withRoles={false}
      withinPortal
    >
      <Popover.Target>
        <Textarea
          ref={field}
          aria-label={label}
          placeholder={placeholder}
          autoFocus={isFocusedAtFirst}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={10_000}
          value={text}
          error={error}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? `${listId}-${activeIndex}` : undefined}
          aria-autocomplete="list"
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look();
          }}
          onClick={look}
          onBlur={close}
          onKeyDown={handleKeyDown}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.offers}>
        <Offers listId={listId} offered={offered} activeIndex={activeIndex} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface Writing {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The steps that what is being written may mean, and what is done with them. */
function useMentions(field: RefObject<HTMLTextAreaElement | null>, { text, onChange }: Writing) {
  const views = useDerived((derived) => derived.views);
  const [typed, setTyped] = useState<TypedMention | null>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  const [caret, setCaret] = useState<number | null>(null);
  // After a mention was put in the caret stands behind it.
  useLayoutEffect(() => {
    if (caret === null) return;
    field.current?.setSelectionRange(caret, caret);
    setCaret(null);
  }, [field, caret]);
  return {
    offered: typed ? offeredSteps(typed.query, views) : [],
    activeIndex,
    setActiveIndex,
    look: () => {
      const { value = '', selectionStart = 0 } = field.current ?? {};
      setTyped(typedMention(value, selectionStart));
      setActiveIndex(0);
    },
    choose: (step: string | undefined) => {
      if (step === undefined || !typed) return;
      const completed = completeMention(text, typed, step);
      onChange(completed.text);
      setCaret(completed.caret);
      setTyped(null);
    },
    close: () => setTyped(null),
  };
}

interface OffersProps {
  readonly listId: string;
  readonly offered: readonly StepView[];
  readonly activeIndex: number;
  readonly onChoose: (step: string) => void;
}

/** The keys of it are those of the field, which keeps the keyboard. */
function Offers({ listId, offered, activeIndex, onChoose }: OffersProps) {
  return (
    <div id={listId} role="listbox" aria-label="Steps to mention">
      {offered.map(({ key, title, family, icon }, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
        <div
          key={key}
          id={`${listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === activeIndex}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(key)}
        >
          <FamilyTile family={family} icon={icon} />
          <span className="pw-clip">{title}</span>
          <span className={`pw-mono ${classes.key}`}>{key}</span>
        </div>
      ))}
    </div>
  );
}

interface ListKeys {
  readonly count: number;
  readonly activeIndex: number;
  readonly setActiveIndex: (index: number) => void;
  readonly choose: () => void;
  readonly close: () => void;
}

function walkList(event: KeyboardEvent, { count, activeIndex, setActiveIndex, choose, close }: ListKeys): void {
  switch (event.key) {
    case 'ArrowDown':
      setActiveIndex((activeIndex + 1) % count);
      break;
    case 'ArrowUp':
      setActiveIndex((activeIndex + count - 1) % count);
      break;
    case 'Enter':
    case 'Tab':
      choose();
      break;
    case 'Escape':
      close();
      break;
    default:
      return;
  }
  // Nor does the panel close, or the keyboard go on.
  event.preventDefault();
}
