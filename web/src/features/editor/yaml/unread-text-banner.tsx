import { Button } from '@mantine/core';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useDesignerView } from '../top-bar/use-designer-view.ts';

/** Elsewhere than in the YAML view: what stands there and is not in the pipeline is not forgotten. */
export function UnreadTextBanner() {
  const { store } = useEditor();
  const hasText = useEditorState((state) => state.unreadText !== null);
  const [, setView] = useDesignerView();
  if (!hasText) return null;
  return (
    <Banner
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => setView('yaml')}>
            Open the YAML
          </Button>
          <Button size="xs" variant="default" onClick={() => store.getState().setUnreadText(null)}>
            Discard what was typed
          </Button>
        </>
      }
    >
      The YAML cannot be read as it stands. What was typed is kept on this device.
    </Banner>
  );
}
