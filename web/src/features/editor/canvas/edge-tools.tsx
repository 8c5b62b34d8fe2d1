import { edgeId, type Edge } from '@pipewright/shared/graph/edges-of.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useStore } from 'zustand';
import { describeShape } from '../../../preview/describe-artifact.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './editor-canvas.module.css';

/** In the middle of an edge: a step can be put in here, and what last flowed along it. */
export function EdgeTools({ edge }: { readonly edge: Edge }) {
  const { store } = useEditor();
  const flow = useReactFlow();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const runId = useEditorState((state) => state.attachedRun);
  const artifact = useStore(runStoreOf(runId), (view) => {
    const run = view.steps[edge.from.step];
    return run && 'outputs' in run ? run.outputs[edge.from.output] : undefined;
  });
  return (
    <span className={classes.edgeTools}>
      {!isReadOnly && (
        <Tooltip label="Put a step in here">
          <ActionIcon
            variant="default"
            radius="xl"
            aria-label="Put a step in here"
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              const at = { x: left, y: bottom + 6 };
              store.getState().open({ kind: 'quick-add', at, place: flow.screenToFlowPosition(at), wire: null, edge: edgeId(edge) });
            }}
          >
            <IconPlus size={14} stroke={2} />
          </ActionIcon>
        </Tooltip>
      )}
      {artifact && <span className={classes.edgeSize}>{describeShape(artifact)}</span>}
    </span>
  );
}
