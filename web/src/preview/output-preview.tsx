import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { IconEyeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { type OutputAddress, outputPath, previewQuery } from '../api/step-runs.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeletons.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { FilesPreview } from './files-preview.tsx';
import { HtmlPreview } from './html-preview.tsx';
import { ModelPreview } from './model-preview.tsx';
import { PlotPreview } from './plot-preview.tsx';
import { TablePreview } from './table-preview.tsx';
import classes from './preview.module.css';

interface OutputPreviewProps {
  readonly output: OutputAddress;
  /** `full`: the drawer; `inline`: among other things in a panel. */
  readonly form: 'full' | 'inline';
}

/** What an output, or a file in it, looks like. */
export function OutputPreview({ output, form }: OutputPreviewProps) {
  const query = useQuery(previewQuery(output));
  if (query.data) return <PreviewBody preview={query.data} output={output} form={form} />;
  if (query.isError) {
    return <ErrorState title="The preview could not be made" message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  return <SkeletonRows count={form === 'full' ? 8 : 4} height={27} />;
}

function PreviewBody({ preview, output, form }: OutputPreviewProps & { readonly preview: Preview }) {
  switch (preview.kind) {
    case 'table':
      return <TablePreview key={outputPath(output)} whole={preview} output={output} form={form} />;
    case 'text':
      return <DocumentPreview key={outputPath(output)} piece={preview} output={output} />;
    case 'image':
      return (
        <div className={classes.picture}>
          <img src={outputPath(output)} alt={output.path ?? output.port} />
        </div>
      );
    case 'plot':
      return <PlotPreview title={preview.title} spec={preview.spec} />;
    case 'html':
      return <HtmlPreview text={preview.text} title={output.path ?? output.port} />;
    case 'model':
      return <ModelPreview flavors={preview.flavors} signature={preview.signature} facts={preview.facts} files={preview.files} output={output} form={form} />;
    case 'files':
      return (
        <FilesPreview
          files={preview.files}
          isTruncated={preview.isTruncated}
          output={output}
          form={form}
          renderFile={(file) => <OutputPreview key={file.path} output={file} form="inline" />}
        />
      );
    case 'unavailable':
      return <EmptyState icon={IconEyeOff} title="No preview" hint={preview.message} />;
    default:
      return assertNever(preview);
  }
}
