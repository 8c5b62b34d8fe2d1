import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { countOf } from '../../../ui/format/number.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import type { YamlSession } from './yaml-session.ts';
import classes from './yaml.module.css';

/** Whether the canvas shows what stands in the text; if not, why, and the way to the line. */
export function YamlStatus({ session }: { readonly session: YamlSession }) {
  const state = useStore(session.state);
  const isReadOnly = useEditorState((editor) => editor.isReadOnly);
  const { store } = useEditor();
  if (isReadOnly) return <span className={classes.status}>This draft is read-only.</span>;
  switch (state.kind) {
    case 'read':
      return (
        <span className={classes.status} role="status">
          <IconCheck size={14} stroke={2} aria-hidden />
          The canvas shows what is written here.
        </span>
      );
    case 'waiting':
      return (
        <span className={classes.status}>
          <IconPencil size={14} stroke={1.8} aria-hidden />
          Read when you pause…
        </span>
      );
    case 'unreadable': {
      const [first, ...others] = state.problems;
      return (
        <span className={classes.status} data-tone="error" role="status" data-problem={first?.code}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
          <button type="button" className={classes.reason} title={first?.message} onClick={() => store.getState().showPlace({ line: first?.line ?? 1 })}>
            Line {first?.line ?? 1}: {first?.message}
          </button>
          {others.length > 0 && <span className={classes.more}>and {countOf(others.length, 'other problem')}</span>}
          <Button size="compact-xs" variant="default" className={classes.back} onClick={() => session.discard()}>
            Back to what the canvas shows
          </Button>
        </span>
      );
    }
  }
}
