import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { focusOnAppearing } from './focus-on-appearing.ts';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

interface StepTitleProps {
  readonly stepKey: string;
  readonly title: string;
}

/** The name of a step: pressed, or F2, to write another. Enter and leaving keep it, Esc does not. */
export function StepTitle({ stepKey, title }: StepTitleProps) {
  const { store } = useEditor();
  const isRenaming = useEditorState((state) => state.renaming === stepKey);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const renameTip = useNameWithKeys('Rename', 'editor.rename');
  if (!isRenaming) {
    return (
      <h2>
        <button
          type="button"
          className={classes.title}
          data-fixed={isReadOnly || undefined}
          title={isReadOnly ? title : renameTip}
          onClick={() => !isReadOnly && store.getState().setRenaming(stepKey)}
        >
          {title}
        </button>
      </h2>
    );
  }
  return <TitleField stepKey={stepKey} title={title} />;
}

function TitleField({ stepKey, title }: StepTitleProps) {
  const { store } = useEditor();
  const [text, setText] = useState(title);
  const end = (isKept: boolean): void => {
    // Leaving the field after Enter or Esc ends it once more; then there is nothing left to do.
    if (store.getState().renaming !== stepKey) return;
    store.getState().setRenaming(null);
    const name = text.trim();
    if (!isKept || name === title) return;
    store
      .getState()
      .edit([{ op: 'step.setField', step: stepKey, field: 'display_name', ...(name === '' ? {} : { value: name }) }], { label: `Rename ${title}` });
  };
  return (
    <TextInput
      size="xs"
      ref={focusOnAppearing}
      aria-label="Name of the step"
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        end(event.key === 'Enter');
        document.querySelector<HTMLElement>(`[data-step="${CSS.escape(stepKey)}"]`)?.focus({ preventScroll: true });
      }}
    />
  );
}
