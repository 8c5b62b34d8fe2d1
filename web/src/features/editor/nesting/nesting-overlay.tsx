import { assertNever } from '@pipewright/shared/assert-never.ts';
import { ChooseComponent } from './choose-component.tsx';
import { ExtractDialog } from './extract-dialog.tsx';
import type { NestingDialog } from './nesting-dialog.ts';
import { InterfaceDialog } from './interface-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { SaveComponentDialog } from './save-component-dialog.tsx';
import { UpgradeAllDialog } from './upgrade-all-dialog.tsx';

/** The dialogs about the components of steps, one at a time. */
export function NestingOverlay({ dialog }: { readonly dialog: NestingDialog }) {
  switch (dialog.kind) {
    case 'extract':
      return <ExtractDialog key={dialog.steps.join(' ')} steps={dialog.steps} />;
    case 'choose-component':
      return <ChooseComponent step={dialog.step} at={dialog.at} />;
    case 'replace':
      return <ReplaceDialog key={`${dialog.step} ${dialog.reference}`} step={dialog.step} reference={dialog.reference} />;
    case 'interface':
      return <InterfaceDialog key={dialog.step} step={dialog.step} />;
    case 'upgrade-all':
      return <UpgradeAllDialog />;
    case 'save-component':
      return <SaveComponentDialog />;
    default:
      return assertNever(dialog);
  }
}
