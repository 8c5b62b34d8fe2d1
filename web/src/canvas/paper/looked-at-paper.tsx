import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import type { StepNode } from '../flow-graph.ts';
import { frameBoxes } from './frame-boxes.ts';
import { GroupFrame } from './group-frame.tsx';
import { NoteCard } from './note-card.tsx';
import { NotesPicture } from './notes-picture.tsx';
import { mostNotesDrawn, useNotesInView } from './notes-in-view.ts';
import classes from './paper.module.css';

interface LookedAtPaperProps {
  readonly layout: Layout;
  readonly nodes: readonly StepNode[];
  readonly onFold: (group: string) => void;
}

/** Frames and notes under a graph that is only looked at. */
export function LookedAtPaper({ layout, nodes, onFold }: LookedAtPaperProps) {
  const boxes = useMemo(() => frameBoxes(layout.groups, nodes), [layout.groups, nodes]);
  const notes = useNotesInView(layout.notes);
  if (boxes.size === 0 && notes.length === 0) return null;
  return (
    <ViewportPortal>
      <div className={classes.layer}>
        {[...boxes].map(([id, box]) => {
          const group = layout.groups[id];
          return group && <GroupFrame key={id} id={id} title={group.title} color={group.color} count={group.steps.length} box={box} onFold={onFold} />;
        })}
        {notes.length > mostNotesDrawn ? <NotesPicture notes={notes} /> : notes.map(([id, note]) => <NoteCard key={id} id={id} note={note} />)}
      </div>
    </ViewportPortal>
  );
}
