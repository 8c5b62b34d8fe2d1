import { Tooltip } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { groupColor, noteColor, paperColors } from '../../../canvas/paper/paper-color.ts';
import classes from '../../../canvas/paper/paper.module.css';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { colorPaper } from './paper-acts.ts';

interface ColorSwatchesProps {
  readonly of: { readonly note: string } | { readonly group: string };
  readonly onChosen?: () => void;
}

/** The colours of a note, or of a frame: one row, walked by arrows. */
export function ColorSwatches({ of, onChosen }: ColorSwatchesProps) {
  const editor = useEditor();
  const current = useEditorState(({ content: { layout } }) =>
    'note' in of ? noteColor(layout.notes[of.note]?.color) : groupColor(layout.groups[of.group]?.color),
  );
  const choose = (color: string): void => {
    colorPaper(editor, 'note' in of ? { notes: [of.note], groups: [] } : { notes: [], groups: [of.group] }, color);
    onChosen?.();
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its colours have the keyboard
    <div className={classes.swatches} role="radiogroup" aria-label="Colour" onKeyDown={handleKeyDown}>
      {paperColors.map((color) => (
        <Tooltip key={color} label={names[color]}>
          <button
            type="button"
            className={classes.swatch}
            data-paper={color}
            role="radio"
            aria-checked={color === current}
            aria-label={names[color]}
            tabIndex={color === current ? 0 : -1}
            onClick={() => choose(color)}
          />
        </Tooltip>
      ))}
    </div>
  );
}

const names = { yellow: 'Yellow', grey: 'Grey', blue: 'Blue', green: 'Green', orange: 'Orange', purple: 'Purple', pink: 'Pink', teal: 'Teal' } as const;
