import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { focusOnAppearing } from '../inspector/focus-on-appearing.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import classes from './top-bar.module.css';

/** The pipeline's name, pressed to write another. Enter and leaving keep it, Esc does not. */
export function DraftName() {
  const { store } = useEditor();
  const title = useEditorState(selectTitle);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const [text, setText] = useState<string | null>(null);
  const end = (isKept: boolean): void => {
    const name = text?.trim() ?? '';
    setText(null);
    if (isKept && name !== '' && name !== title) {
      store.getState().edit([{ op: 'pipeline.setMeta', field: 'display_name', value: name }], { label: 'Rename the pipeline' });
    }
  };
  if (text === null) {
    return (
      <button
        type="button"
        className={classes.name}
        title={isReadOnly ? title : `${title} · press to rename`}
        disabled={isReadOnly}
        onClick={() => setText(title)}
      >
        {title}
      </button>
    );
  }
  return (
    <TextInput
      ref={focusOnAppearing}
      w={280}
      aria-label="Name of the pipeline"
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') end(false);
      }}
    />
  );
}
