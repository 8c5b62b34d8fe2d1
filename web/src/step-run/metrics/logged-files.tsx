import { loggedOf, loggedQuery, type StepAddress, type TrackedAddress } from '../../api/step-runs.ts';
import { FilesPreview } from '../../preview/files-preview.tsx';
import { OutputPreview } from '../../preview/output-preview.tsx';
import { countOf } from '../../ui/format/number.ts';
import { Section } from '../../ui/panels/section.tsx';
import { useGrowingQuery } from '../use-growing-query.ts';

interface LoggedFilesProps {
  readonly address: StepAddress | TrackedAddress;
  /** The files come by themselves while the step or the run goes on. */
  readonly isOver: boolean;
  readonly askEveryMs: number | (() => number | false);
}

/** Figures, tables and models that were logged as artifacts: a list, and what the chosen one looks like. */
export function LoggedFiles({ address, isOver, askEveryMs }: LoggedFilesProps) {
  const { data } = useGrowingQuery(loggedQuery(address), { isOver, askEveryMs });
  if (data?.kind !== 'files' || data.files.length === 0) return null;
  const output = loggedOf(address);
  return (
    <Section title="Logged files" summary={countOf(data.files.length, 'file')}>
      <FilesPreview
        files={data.files}
        isTruncated={data.isTruncated}
        output={output}
        form="inline"
        renderFile={(file) => <OutputPreview key={file.path} output={file} form="inline" />}
      />
    </Section>
  );
}
