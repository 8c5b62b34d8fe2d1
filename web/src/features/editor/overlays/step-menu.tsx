import { Menu } from '@mantine/core';
import { IconCopy, IconCopyPlus, IconCursorText, IconEye, IconListDetails, IconPlugConnected, IconSitemap, IconTrash } from '@tabler/icons-react';
import { usePreviewTarget } from '../../../preview/preview-target.ts';
import { KeyHint } from '../../../ui/commands/key-hint.tsx';
import { useStepRun } from '../../../realtime/run-store.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { useNavigate } from 'react-router';
import { insideHref } from '../inside-href.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { RegisterItems } from './register-items.tsx';

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
  const port = run && 'outputs' in run ? Object.keys(run.outputs)[0] : undefined;
  const isPipeline = useDerived((derived) => derived.views.get(overlay.step)?.isPipeline ?? false);
  const draftId = useEditorState((state) => state.draftId);
  const navigate = useNavigate();
  const close = (): void => store.getState().open(null);
  const icon = { size: 15, stroke: 1.8 } as const;
  return (
    <Menu opened onClose={close} position="bottom-start" offset={0} width={228} withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: overlay.at.x, top: overlay.at.y, width: 0, height: 0 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconListDetails {...icon} />} rightSection={<KeyHint keys="Enter" />} onClick={() => setTimeout(actions.openInspector)}>
          Edit parameters
        </Menu.Item>
        {isPipeline && (
          <Menu.Item
            leftSection={<IconSitemap {...icon} />}
            rightSection={<KeyHint keys="O" />}
            onClick={() => void navigate(insideHref(draftId, overlay.step))}
          >
            Open the pipeline
          </Menu.Item>
        )}
        {port !== undefined && (
          <Menu.Item leftSection={<IconEye {...icon} />} onClick={() => openPreview({ step: overlay.step, port })}>
            Preview the output
          </Menu.Item>
        )}
        <RegisterItems step={overlay.step} port={overlay.port} />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlugConnected {...icon} />}
          rightSection={<KeyHint keys="C" />}
          disabled={isReadOnly}
          onClick={() => setTimeout(actions.connect)}
        >
          Connect to…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCursorText {...icon} />}
          rightSection={<KeyHint keys="F2" />}
          disabled={isReadOnly}
          onClick={() => setTimeout(actions.rename)}
        >
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy {...icon} />}
          rightSection={<KeyHint keys="Ctrl+C" />}
          onClick={() => void navigator.clipboard.writeText(actions.copy())}
        >
          Copy
        </Menu.Item>
        <Menu.Item leftSection={<IconCopyPlus {...icon} />} rightSection={<KeyHint keys="Ctrl+D" />} disabled={isReadOnly} onClick={actions.duplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash {...icon} />}
          rightSection={<KeyHint keys="Delete" />}
          disabled={isReadOnly}
          onClick={actions.deleteSelected}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
