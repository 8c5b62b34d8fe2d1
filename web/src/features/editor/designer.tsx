import { assertNever } from '@pipewright/shared/assert-never.ts';
import { Button } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { Page } from '../../ui/page/page.tsx';
import { ResizablePanel } from '../../ui/panels/resizable-panel.tsx';
import { useIsNarrow } from '../../ui/panels/use-is-narrow.ts';
import { EditorCanvas } from './canvas/editor-canvas.tsx';
import { useClipboard } from './commands/use-clipboard.ts';
import { useEditorCommands } from './commands/use-editor-commands.ts';
import { OthersNote } from './conflicts/others-note.tsx';
import { ReviewBanner } from './conflicts/review-banner.tsx';
import { CommentsPanel } from './comments/comments-panel.tsx';
import { useCommentCommands } from './comments/use-comment-commands.ts';
import { useFollowComments } from './comments/use-follow-comments.ts';
import { CompareView } from './compare/compare-view.tsx';
import { useCompareWithRunCommand } from './compare/use-compare-commands.ts';
import { useComparedSource } from './compare/use-compared-source.ts';
import { HistoryPanel } from './history/history-panel.tsx';
import { useHistoryCommands, useSaveVersionCommand } from './history/use-history-commands.ts';
import { DesignerPreview } from './data/designer-preview.tsx';
import { useDataCommands } from './data/use-data-commands.ts';
import { Inspector } from './inspector/inspector.tsx';
import { useLinkCommands } from './links/use-link-commands.ts';
import { useOpenLink } from './links/use-open-link.ts';
import { LogPanel } from './log-panel/log-panel.tsx';
import { formatSource } from './model/compared-source.ts';
import { SaveComponentButton } from './nesting/save-component-button.tsx';
import { usePendingUpgrade } from './nesting/use-pending-upgrade.ts';
import { useWayOut } from './nesting/use-way-out.ts';
import { Overlays } from './overlays/overlays.tsx';
import { Palette } from './palette/palette.tsx';
import { PaletteStrip } from './palette/palette-strip.tsx';
import { inspectorWidth, paletteStripWidth, paletteWidth } from './panel-widths.ts';
import { PeopleButton } from './presence/people-button.tsx';
import { usePresence } from './presence/use-presence.ts';
import { ProblemsBar } from './problems/problems-bar.tsx';
import { DraftRuns } from './run/draft-runs.tsx';
import { RunButton } from './run/run-button.tsx';
import { RunDialog } from './run/run-dialog.tsx';
import { RunStrip } from './run/run-strip.tsx';
import { useRunPartCommands } from './run/use-run-parts.ts';
import { useAttachedRun } from './run/use-attached-run.ts';
import { usePlanKeeper } from './run/use-plan.ts';
import { useEditor, useEditorState } from './store/editor-context.tsx';
import { selectTitle } from './store/selectors.ts';
import { DraftExport } from './top-bar/draft-export.tsx';
import { DraftIndicator } from './top-bar/draft-indicator.tsx';
import { DraftName } from './top-bar/draft-name.tsx';
import { useDesignerView } from './top-bar/use-designer-view.ts';
import { ViewSwitch } from './top-bar/view-switch.tsx';
import { UnreadTextBanner } from './yaml/unread-text-banner.tsx';
import { YamlView } from './yaml/yaml-view.tsx';
import classes from './designer.module.css';
import barClasses from './top-bar/top-bar.module.css';

/** An open draft: bar, palette, canvas, inspector, problems. */
export function Designer() {
  const { store, editedComponent } = useEditor();
  const title = useEditorState(selectTitle);
  const way = useWayOut();
  const [view] = useDesignerView();
  const publish = (): void => store.getState().open({ kind: 'publish' });
  useCommands('editor.page', [{ id: 'editor.publish', title: 'Publish a version…', group: 'Pipeline', keywords: 'gallery release', run: publish }]);
  return (
    <Page
      title={title}
      form="panes"
      crumbs={[...way, { text: <DraftName /> }]}
      state={
        <span className={barClasses.state}>
          <DraftIndicator />
          <ViewSwitch />
        </span>
      }
      actions={
        <>
          <PeopleButton />
          <DraftExport />
          {editedComponent ? (
            <SaveComponentButton />
          ) : (
            <Button variant="default" className={classes.publish} onClick={publish}>
              Publish
            </Button>
          )}
          <RunButton />
        </>
      }
    >
      <Keepers />
      <ReactFlowProvider>
        <div className={classes.designer}>
          <ReviewBanner />
          {view !== 'yaml' && <UnreadTextBanner />}
          <div className={classes.work}>
            <View view={view} />
          </div>
          <ProblemsBar />
        </div>
        <RunDialog />
        <Overlays />
      </ReactFlowProvider>
    </Page>
  );
}

/** They follow every edit and every answer of the server. A part of its own without a drawing, so that the page is not drawn with each. */
function Keepers(): null {
  usePendingUpgrade();
  useAttachedRun();
  usePlanKeeper();
  usePresence();
  useFollowComments();
  useOpenLink();
  useSaveVersionCommand();
  return null;
}

function View({ view }: { readonly view: ReturnType<typeof useDesignerView>[0] }) {
  switch (view) {
    case 'design':
      return <CanvasView />;
    case 'runs':
      return <DraftRuns />;
    case 'yaml':
      return <YamlView />;
    default:
      return assertNever(view);
  }
}

/** The draft as it is edited, or beside what it was. */
function CanvasView() {
  const [compared] = useComparedSource();
  useCompareWithRunCommand();
  return compared ? <CompareView key={formatSource(compared)} source={compared} /> : <DesignView />;
}

/** What may be done changes with every edit; what is drawn beside the canvas does not. */
function DesignCommands(): null {
  useEditorCommands();
  useHistoryCommands();
  useCommentCommands();
  useLinkCommands();
  useClipboard();
  useRunPartCommands();
  useDataCommands();
  return null;
}

function DesignView() {
  const isNarrow = useIsNarrow();
  return (
    <>
      <DesignCommands />
      <ResizablePanel
        name="palette"
        label="Components"
        side="left"
        defaultSize={paletteWidth}
        strip={isNarrow ? { size: paletteStripWidth, content: <PaletteStrip /> } : undefined}
      >
        <Palette />
      </ResizablePanel>
      <div className={classes.middle}>
        <RunStrip />
        <EditorCanvas />
        <LogPanel />
      </div>
      <SidePanel />
      <DesignerPreview />
    </>
  );
}

/** What is selected, in full; in its place, while one of them is open, the history or the comments. */
function SidePanel() {
  const historyTab = useEditorState((state) => state.historyTab);
  const areCommentsShown = useEditorState((state) => state.areCommentsShown);
  const label = areCommentsShown ? 'Comments' : historyTab === null ? 'Inspector' : 'History';
  return (
    <ResizablePanel name="inspector" label={label} side="right" defaultSize={inspectorWidth}>
      {areCommentsShown ? (
        <CommentsPanel />
      ) : historyTab === null ? (
        <div className={classes.inspector} data-inspector tabIndex={-1}>
          <OthersNote />
          <Inspector />
        </div>
      ) : (
        <HistoryPanel tab={historyTab} />
      )}
    </ResizablePanel>
  );
}
