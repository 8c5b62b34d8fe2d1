import { TagsInput } from '@mantine/core';
import { readTags, writeTag } from '../../../assets/tags.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useVisit } from './use-visit.ts';

/** The tags of the pipeline, as `KEY` or `KEY=VALUE`; what a file says there besides texts is kept as it is. */
export function PipelineTags() {
  const { store } = useEditor();
  const tags = useEditorState((state) => state.content.document.tags);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const visit = useVisit('pipeline.tags');
  const texts = Object.entries(tags ?? {}).map(([key, value]) => writeTag([key, typeof value === 'string' ? value : JSON.stringify(value)]));
  const set = (next: readonly string[]): void => {
    const kept = Object.entries(readTags(next)).map(([key, text]) => [key, JSON.stringify(tags?.[key]) === text ? (tags?.[key] ?? text) : text] as const);
    store.getState().edit([{ op: 'pipeline.setMeta', field: 'tags', ...(kept.length === 0 ? {} : { value: Object.fromEntries(kept) }) }], {
      label: 'Tag the pipeline',
      gesture: visit.gesture(),
    });
  };
  return (
    <TagsInput
      size="xs"
      aria-label="Tags"
      placeholder={texts.length > 0 ? '' : 'NAME or NAME=VALUE, then Enter'}
      value={texts}
      readOnly={isReadOnly}
      acceptValueOnBlur
      onFocus={visit.begin}
      onChange={set}
    />
  );
}
