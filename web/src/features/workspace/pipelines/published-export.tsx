import type { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { messageOf } from '../../../api/api-error.ts';
import { exportedPipeline, useExport } from '../../../api/exports.ts';
import { ExportMenu } from '../../../ui/export-menu/export-menu.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';

export function PublishedExport({ pipeline: { name, version, displayName } }: { readonly pipeline: PublishedPipeline }) {
  const { mutate, isPending } = useExport();
  return (
    <ExportMenu
      what={displayName}
      isBusy={isPending}
      onExport={(as) => mutate({ path: exportedPipeline(name, version), as }, { onError: (error) => showToast({ text: `Not exported: ${messageOf(error)}` }) })}
    />
  );
}
