import { assertNever } from '@pipewright/shared/assert-never.ts';
import { useLayoutEffect } from 'react';
import { CodeDialog } from '../code/code-dialog.tsx';
import { SaveVersionDialog } from '../history/save-version-dialog.tsx';
import { NewStepDialog } from '../new-step/new-step-dialog.tsx';
import { NestingOverlay } from '../nesting/nesting-overlay.tsx';
import { OutlineDrawer } from '../outline/outline-drawer.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { PinMenu } from '../aside/pin-menu.tsx';
import { PaperMenu } from '../paper/paper-menu.tsx';
import { PublishDialog } from '../top-bar/publish-dialog.tsx';
import { DataMenu } from '../data/data-menu.tsx';
import { ChooseAsset } from './choose-asset.tsx';
import { ConnectMenu } from './connect-menu.tsx';
import { GiveAsset } from './give-asset.tsx';
import { QuickAdd } from './quick-add.tsx';
import { NameOutput, RegisterOutput } from './register-output.tsx';
import { StepMenu } from './step-menu.tsx';

/** The one thing that lies open over the designer. */
export function Overlays() {
  const overlay = useEditorState((state) => state.overlay);
  useReturnFocus(overlay !== null);
  if (!overlay) return null;
  switch (overlay.kind) {
    case 'quick-add':
      return <QuickAdd key={`${overlay.at.x} ${overlay.at.y}`} overlay={overlay} />;
    case 'connect':
      return <ConnectMenu key={overlay.step} overlay={overlay} />;
    case 'choose-asset':
      return <ChooseAsset overlay={overlay} />;
    case 'give-asset':
      return <GiveAsset overlay={overlay} />;
    case 'data':
      return <DataMenu overlay={overlay} />;
    case 'find':
      return null; // It lies on the canvas.
    case 'outline':
      return <OutlineDrawer />;
    case 'step-menu':
      return <StepMenu overlay={overlay} />;
    case 'pin':
      return <PinMenu overlay={overlay} />;
    case 'paper-menu':
      return <PaperMenu overlay={overlay} />;
    case 'register-output':
      return <RegisterOutput overlay={overlay} />;
    case 'name-output':
      return <NameOutput overlay={overlay} />;
    case 'publish':
      return <PublishDialog />;
    case 'save-version':
      return <SaveVersionDialog />;
    case 'code':
      return <CodeDialog key={overlay.step} step={overlay.step} file={overlay.file} part={overlay.part ?? 'files'} />;
    case 'new-step':
      return <NewStepDialog from={overlay.from} />;
    case 'nesting':
      return <NestingOverlay dialog={overlay.dialog} />;
    default:
      return assertNever(overlay);
  }
}

/** When what lay over the designer is gone, the keyboard is where it was before, unless it went elsewhere. */
function useReturnFocus(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const before = document.activeElement;
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus({ preventScroll: true });
      });
    };
  }, [isOpen]);
}
