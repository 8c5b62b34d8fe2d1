import { messageOf } from '../../../api/api-error.ts';
import { exportedDraft, useExport } from '../../../api/exports.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { type ExportForm, ExportMenu } from '../../../ui/export-menu/export-menu.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { useEditorState } from '../store/editor-context.tsx';

/** The draft as the server has it, which is what the indicator calls saved. */
export function DraftExport() {
  const draft = useEditorState((state) => state.draftId);
  const { mutate, isPending } = useExport();
  const handleExport = (as: ExportForm): void =>
    mutate({ path: exportedDraft(draft), as }, { onError: (error) => showToast({ text: `Not exported: ${messageOf(error)}` }) });
  useCommands('editor.export', [
    { id: 'editor.export-yaml', title: 'Export as a YAML file', group: 'Pipeline', keywords: 'download save', run: () => handleExport('yaml') },
    {
      id: 'editor.export-zip',
      title: 'Export as a folder with everything (zip)',
      group: 'Pipeline',
      keywords: 'download save',
      run: () => handleExport('zip'),
    },
  ]);
  return <ExportMenu isBusy={isPending} onExport={handleExport} />;
}
