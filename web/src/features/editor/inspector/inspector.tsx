import { assertNever } from '@pipewright/shared/assert-never.ts';
import { Button } from '@mantine/core';
import { IconCopyPlus, IconLayoutDistributeVertical, IconTrash } from '@tabler/icons-react';
import { memo, useDeferredValue } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { countOf } from '../../../ui/format/number.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { GroupInspector, NoteInspector } from '../paper/paper-inspector.tsx';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import type { EditorState } from '../store/editor-state.ts';
import { selectSelectedCount, selectSoleStep, selectStepInView } from '../store/selectors.ts';
import { InnerStepInspector } from './inner-step-inspector.tsx';
import { PipelineInspector } from './pipeline-inspector.tsx';
import { StepInspector } from './step-inspector.tsx';
import classes from './inspector.module.css';

/** What is selected, in full: a step, several, a connection, or the pipeline itself. The canvas shows a selection first, its form comes after. */
export function Inspector() {
  const shown = useDeferredValue(useEditorState(useShallow(selectShown)));
  return <Shown shown={shown} />;
}

interface ShownPart {
  readonly kind: 'step' | 'inner' | 'note' | 'group' | 'several' | 'edge' | 'pipeline';
  /** Its key or id. */
  readonly id: string;
}

function selectShown(state: EditorState): ShownPart {
  const { layout } = state.content;
  const sole: Partial<Record<ShownPart['kind'], string | null>> = { step: selectSoleStep(state), inner: selectStepInView(state) };
  const count = selectSelectedCount(state);
  if (count === 0) {
    const [note, group] = [soleIn(state.selectedNotes, layout.notes), soleIn(state.selectedGroups, layout.groups)];
    if (note === null || group === null) Object.assign(sole, { note, group });
  }
  for (const kind of ['step', 'inner', 'note', 'group'] as const) {
    const id = sole[kind];
    if (typeof id === 'string') return { kind, id };
  }
  if (count > 1) return { kind: 'several', id: '' };
  const [edge, ...others] = state.selectedEdges;
  return edge !== undefined && others.length === 0 ? { kind: 'edge', id: edge } : { kind: 'pipeline', id: '' };
}

const Shown = memo(function Shown({ shown: { kind, id } }: { readonly shown: ShownPart }) {
  switch (kind) {
    case 'step':
      return <StepInspector key={id} stepKey={id} />;
    case 'inner':
      return <InnerStepInspector key={id} stepKey={id} />;
    case 'note':
      return <NoteInspector key={id} note={id} />;
    case 'group':
      return <GroupInspector key={id} group={id} />;
    case 'several':
      return <SeveralSteps />;
    case 'edge':
      return <ConnectionInspector id={id} />;
    case 'pipeline':
      return <PipelineInspector />;
    default:
      return assertNever(kind);
  }
});

/** The one that is selected, if it is there. */
function soleIn(selected: ReadonlySet<string>, all: Readonly<Record<string, unknown>>): string | null {
  const [id] = selected;
  return selected.size === 1 && id !== undefined && Object.hasOwn(all, id) ? id : null;
}

function SeveralSteps() {
  const count = useEditorState(selectSelectedCount);
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
