import { Menu } from '@mantine/core';
import {
  IconAdjustmentsOff,
  IconAdjustmentsSearch,
  IconArrowMerge,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconEye,
  IconFold,
  IconLayoutNavbarExpand,
  IconListDetails,
  IconPlugConnected,
  IconSitemap,
  IconTable,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { useQuery } from '@tanstack/react-query';
import { trialsQuery } from '../../../api/step-runs.ts';
import { toSingleOps, toSweepOps } from '../model/sweep-form.ts';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useStepRun } from '../../../realtime/run-store.ts';
import { CommentItem } from '../comments/comment-item.tsx';
import type { EditorActions } from '../commands/editor-actions.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { useNesting } from '../canvas/use-nesting.ts';
import { useMadeOutputs } from '../inspector/use-made-output.ts';
import { AsideItems } from '../aside/aside-items.tsx';
import { CodeItem } from '../code/code-item.tsx';
import { LinkItem } from '../links/link-item.tsx';
import { NestingItems } from '../nesting/nesting-items.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { RegisterItems } from './register-items.tsx';
import { RunItems } from './run-items.tsx';

/** What can be done with a step, at the pointer. */
export function StepMenu({ overlay }: { readonly overlay: Extract<Overlay, { kind: 'step-menu' }> }) {
  const { store } = useEditor();
  const actions = useEditorActions();
  const { open: openPreview } = usePreviewTarget();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const run = useStepRun(
    useEditorState((state) => state.attachedRun),
    overlay.step,
  );
  const made = useMadeOutputs(overlay.step);
  const shown = made.get(overlay.port ?? '') ?? [...made.values()][0];
  const isPipeline = useDerived((derived) => derived.drawn.get(overlay.step)?.isPipeline ?? false);
  const isUnfolded = useEditorState((state) => state.unfolded.has(overlay.step));
  const nesting = useNesting();
  // A step of an unfolded pipeline is its file's to change.
  const isInner = overlay.step.includes('/');
  const close = (): void => store.getState().open(null);
  return (
    <Menu opened onClose={close} position="bottom-start" offset={0} width={276} withinPortal middlewares={inWindow}>
      <Menu.Target>
        <span style={{ position: 'fixed', left: overlay.at.x, top: overlay.at.y, width: 0, height: 0 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown mah="calc(100vh - 16px)" style={{ overflowY: 'auto' }}>
        <RunItems />
        {!isInner && (
          <Menu.Item
            leftSection={<IconListDetails {...icon} />}
            rightSection={<CommandKeys of="editor.inspect" />}
            onClick={() => setTimeout(actions.openInspector)}
          >
            Edit parameters
          </Menu.Item>
        )}
        {isPipeline && (
          <>
            <Menu.Item
              leftSection={isUnfolded ? <IconFold {...icon} /> : <IconLayoutNavbarExpand {...icon} />}
              rightSection={<CommandKeys of="editor.unfold-pipeline" />}
              onClick={() => nesting.toggle(overlay.step)}
            >
              {isUnfolded ? 'Fold the pipeline' : 'Unfold in place'}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconSitemap {...icon} />}
              rightSection={<CommandKeys of="editor.open-pipeline" />}
              onClick={() => nesting.open(overlay.step)}
            >
              Open the pipeline
            </Menu.Item>
          </>
        )}
        {isInner && run && (
          <Menu.Item leftSection={<IconTerminal2 {...icon} />} onClick={() => store.getState().setLogOpen(true)}>
            Show the log
          </Menu.Item>
        )}
        {shown && (
          <Menu.Item leftSection={<IconEye {...icon} />} rightSection={<CommandKeys of="editor.look-at-data" />} onClick={() => openPreview(shown)}>
            Preview the output
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTable {...icon} />}
          rightSection={<CommandKeys of="editor.choose-data" />}
          onClick={() => setTimeout(() => store.getState().open({ kind: 'data', at: overlay.at, step: overlay.step }))}
        >
          Data of its ports…
        </Menu.Item>
        <RegisterItems step={overlay.step} port={overlay.port} />
        <CommentItem step={overlay.step} />
        {!isInner && <CodeItem step={overlay.step} />}
        <LinkItem step={overlay.step} port={overlay.port} />
        {!isInner && <NestingItems step={overlay.step} isPipeline={isPipeline} isReadOnly={isReadOnly} />}
        {!isInner && <SweepItem step={overlay.step} isReadOnly={isReadOnly} />}
        {!isInner && <AsideItems step={overlay.step} at={overlay.at} />}
        {!isInner && <EditItems actions={actions} isReadOnly={isReadOnly} />}
      </Menu.Dropdown>
    </Menu>
  );
}

const icon = { size: 15, stroke: 1.8 } as const;
/** It is long: near the foot of the window it moves up, over the pointer if it must. */
const inWindow = { flip: true, shift: { crossAxis: true, padding: 8 } } as const;

/** A step that runs once becomes a sweep, and back: one entry of the history each. */
function SweepItem({ step: key, isReadOnly }: { readonly step: string; readonly isReadOnly: boolean }) {
  const { store } = useEditor();
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const runId = useEditorState((state) => state.attachedRun);
  // Asked for as well: the best one is known a moment after the run has ended.
  const { data } = useQuery({ ...trialsQuery({ run: runId ?? '', step: key }), enabled: runId !== null && document.jobs[key]?.trial !== undefined });
  const step = document.jobs[key];
  const ports = step && interfaceOf(key, document, components);
  if (!step || !ports) return null;
  if (step.trial !== undefined) {
    const trials = runId === null ? undefined : data;
    const best = trials?.items.find((trial) => trial.key === trials.best)?.values ?? {};
    return (
      <Menu.Item
        leftSection={<IconAdjustmentsOff {...icon} />}
        disabled={isReadOnly}
        onClick={() => store.getState().edit(toSingleOps(key, step, best), { label: 'Turn a sweep into a single step' })}
      >
        {trials?.best ? 'Keep the best values only' : 'Turn into a single step'}
      </Menu.Item>
    );
  }
  if (ports.type !== 'command' || step.for_each !== undefined || step.repeat !== undefined) return null;
  return (
    <Menu.Item
      leftSection={<IconAdjustmentsSearch {...icon} />}
      disabled={isReadOnly}
      onClick={() => store.getState().edit(toSweepOps(key, step, ports), { label: 'Turn a step into a sweep' })}
    >
      Turn into a sweep
    </Menu.Item>
  );
}

/** What changes the step. */
function EditItems({ actions, isReadOnly }: { readonly actions: EditorActions; readonly isReadOnly: boolean }) {
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPlugConnected {...icon} />}
        rightSection={<CommandKeys of="editor.connect" />}
        disabled={isReadOnly}
        onClick={() => setTimeout(actions.connect)}
      >
        Connect to…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCursorText {...icon} />}
        rightSection={<CommandKeys of="editor.rename" />}
        disabled={isReadOnly}
        onClick={() => setTimeout(actions.rename)}
      >
        Rename
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy {...icon} />}
        rightSection={<CommandKeys of="editor.copy" />}
        onClick={() => void navigator.clipboard.writeText(actions.copy())}
      >
        Copy
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopyPlus {...icon} />}
        rightSection={<CommandKeys of="editor.duplicate" />}
        disabled={isReadOnly}
        onClick={actions.duplicate}
      >
        Duplicate
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="var(--pw-err)"
        leftSection={<IconTrash {...icon} />}
        rightSection={<CommandKeys of="editor.delete" />}
        disabled={isReadOnly}
        onClick={actions.deleteSelected}
      >
        Delete
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowMerge {...icon} />}
        rightSection={<CommandKeys of="editor.delete-rejoin" />}
        disabled={isReadOnly}
        onClick={actions.deleteAndRejoin}
      >
        Delete and rejoin
      </Menu.Item>
    </>
  );
}
