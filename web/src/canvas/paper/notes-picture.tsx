import type { Note } from '@pipewright/shared/pipeline/layout.ts';
import { useMemo } from 'react';
import { pictureOfNotes } from './notes-in-view.ts';
import classes from './paper.module.css';

/** Very many notes at once: where they lie, without their texts. */
export function NotesPicture({ notes }: { readonly notes: readonly (readonly [string, Note])[] }) {
  const paths = useMemo(() => pictureOfNotes(notes), [notes]);
  return (
    <svg className={classes.picture} role="img" aria-label={`${notes.length} notes`} data-notes-picture>
      {[...paths].map(([color, path]) => (
        <path key={color} d={path} data-paper={color} />
      ))}
    </svg>
  );
}
