import { Button } from '@mantine/core';
import { IconCopyPlus, IconLayoutDistributeVertical, IconTrash } from '@tabler/icons-react';
import { countOf } from '../../../ui/format/number.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { GroupInspector, NoteInspector } from '../paper/paper-inspector.tsx';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { selectSelectedCount, selectSoleStep, selectStepInView } from '../store/selectors.ts';
import { InnerStepInspector } from './inner-step-inspector.tsx';
import { PipelineInspector } from './pipeline-inspector.tsx';
import { StepInspector } from './step-inspector.tsx';
import classes from './inspector.module.css';

/** What is selected, in full: a step, several, a connection, or the pipeline itself. */
export function Inspector() {
  const step = useEditorState(selectSoleStep);
  const count = useEditorState(selectSelectedCount);
  const edges = useEditorState((state) => state.selectedEdges);
  const inner = useEditorState(selectStepInView);
  const note = useEditorState((state) => soleIn(state.selectedNotes, state.content.layout.notes));
  const group = useEditorState((state) => soleIn(state.selectedGroups, state.content.layout.groups));
  if (step !== null) return <StepInspector key={step} stepKey={step} />;
  if (inner !== null) return <InnerStepInspector key={inner} stepKey={inner} />;
  if (count === 0 && note !== null && group === null) return <NoteInspector key={note} note={note} />;
  if (count === 0 && group !== null && note === null) return <GroupInspector key={group} group={group} />;
  if (count > 1) return <SeveralSteps count={count} />;
  const [edge, ...others] = edges;
  if (edge !== undefined && others.length === 0) return <ConnectionInspector id={edge} />;
  return <PipelineInspector />;
}

/** The one that is selected, if it is there. */
function soleIn(selected: ReadonlySet<string>, all: Readonly<Record<string, unknown>>): string | null {
  const [id] = selected;
  return selected.size === 1 && id !== undefined && Object.hasOwn(all, id) ? id : null;
}

function SeveralSteps({ count }: { readonly count: number }) {
  const actions = useEditorActions();
  const icon = { size: 15, stroke: 1.8 } as const;
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title} data-fixed>
          {countOf(count, 'step')} selected
        </h2>
      </header>
      <div className={classes.several}>
        <p className="pw-sm pw-t2">Drag one to move all. Ctrl with an arrow nudges them.</p>
        <div>
          <Button variant="default" leftSection={<IconLayoutDistributeVertical {...icon} />} onClick={actions.tidy}>
            Tidy
          </Button>
          <Button variant="default" leftSection={<IconCopyPlus {...icon} />} onClick={actions.duplicate}>
            Duplicate
          </Button>
          <Button variant="default" leftSection={<IconTrash {...icon} />} onClick={actions.deleteSelected}>
            Delete
          </Button>
        </div>
      </div>
    </>
  );
}

function ConnectionInspector({ id }: { readonly id: string }) {
  const actions = useEditorActions();
  const edge = useDerived((derived) => derived.flow.edges.find((candidate) => candidate.id === id)?.data?.edge);
  const views = useDerived((derived) => derived.views);
  if (!edge) return <PipelineInspector />;
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title} data-fixed>
          Connection
        </h2>
      </header>
      <div className={classes.several}>
        <dl className={classes.facts}>
          <dt>From</dt>
          <dd>
            {views.get(edge.from.step)?.title ?? edge.from.step} · <span className="pw-mono">{edge.from.output}</span>
          </dd>
          <dt>To</dt>
          <dd>
            {views.get(edge.to.step)?.title ?? edge.to.step} · <span className="pw-mono">{edge.to.input}</span>
          </dd>
        </dl>
        <div>
          <Button variant="default" leftSection={<IconTrash size={15} stroke={1.8} />} onClick={actions.deleteSelected}>
            Remove
          </Button>
        </div>
      </div>
    </>
  );
}
