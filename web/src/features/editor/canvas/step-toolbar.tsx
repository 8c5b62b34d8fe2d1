import { Button } from '@mantine/core';
import { IconArrowBarToDown, IconCircleOff, IconEye, IconPlayerPlay, IconPlayerPlayFilled, IconPower } from '@tabler/icons-react';
import { NodeToolbar, Position, useStore } from '@xyflow/react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useDetailLevel } from '../../../canvas/detail-level.tsx';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { useMadeOutputs } from '../inspector/use-made-output.ts';
import { useRunParts } from '../run/use-run-parts.ts';
import { disableSteps } from '../aside/aside-acts.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { StepTools } from './step-tools.tsx';
import classes from './step-toolbar.module.css';

const offset = 8;
/** With its distance; a step that stands higher than this has it below. */
const height = 44;

/** What can be done with what is selected, 8 px above it; neither far away nor while something moves. */
export function StepToolbar() {
  const level = useDetailLevel();
  const isMoving = useEditorState((state) => state.isDragging || state.wiring !== null);
  const selected = useEditorState((state) => state.selectedSteps);
  const keys = useDerived(useShallow(({ drawn }) => [...selected].filter((key) => drawn.has(key))));
  const isNearTop = useStore(({ nodeLookup, transform: [, y, zoom] }) =>
    keys.some((key) => (nodeLookup.get(key)?.internals.positionAbsolute.y ?? 0) * zoom + y < height),
  );
  const isShown = keys.length > 0 && !isMoving && (level === 'full' || level === 'title');
  if (!isShown) return null;
  return (
    <NodeToolbar
      nodeId={keys}
      isVisible
      position={isNearTop ? Position.Bottom : Position.Top}
      offset={offset}
      align={keys.length === 1 ? 'end' : 'center'}
      className={classes.toolbar}
      role="toolbar"
      aria-label="Step"
    >
      {keys.length === 1 ? <OfOne step={keys[0] ?? ''} /> : <OfSeveral />}
    </NodeToolbar>
  );
}

const OfOne = memo(function OfOne({ step }: { readonly step: string }) {
  const { runTo, runSelected } = useRunParts();
  const { open } = usePreviewTarget();
  const made = [...useMadeOutputs(step).values()][0];
  return (
    <>
      <Tool label="Run to here… (Shift Enter)" icon={IconArrowBarToDown} onClick={runTo} />
      <Tool label="Run only this step… (Alt Shift Enter)" icon={IconPlayerPlay} onClick={runSelected} />
      <Tool
        label={made ? 'Preview the output' : 'Preview the output: there is none yet'}
        icon={IconEye}
        isDisabled={made === undefined}
        onClick={() => made && open(made)}
      />
      {!step.includes('/') && <DisableTool step={step} />}
      <StepTools step={step} />
    </>
  );
});

function DisableTool({ step }: { readonly step: string }) {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const isDisabled = useDerived((derived) => derived.views.get(step)?.aside?.kind === 'disabled');
  const label = useNameWithKeys(isDisabled ? 'Enable the step' : 'Disable the step, and what needs it', 'editor.disable');
  return <Tool label={label} icon={isDisabled ? IconPower : IconCircleOff} isDisabled={isReadOnly} onClick={() => disableSteps(editor, [step])} />;
}

function OfSeveral() {
  const { count, runSelected } = useRunParts();
  return (
    <Button size="xs" variant="subtle" leftSection={<IconPlayerPlayFilled size={12} />} onClick={runSelected}>
      Run selected ({count})
    </Button>
  );
}
