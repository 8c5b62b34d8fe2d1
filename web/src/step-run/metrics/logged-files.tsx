import { useQuery } from '@tanstack/react-query';
import { loggedOf, loggedQuery, type StepAddress } from '../../api/step-runs.ts';
import { FilesPreview } from '../../preview/files-preview.tsx';
import { OutputPreview } from '../../preview/output-preview.tsx';
import { countOf } from '../../ui/format/number.ts';
import { Section } from '../../ui/panels/section.tsx';

interface LoggedFilesProps {
  readonly address: StepAddress;
  /** The files come by themselves while the step runs. */
  readonly isOver: boolean;
  readonly askEveryMs: number;
}

/** Figures, tables and models that the step has logged as artifacts: a list, and what the chosen one looks like. */
export function LoggedFiles({ address, isOver, askEveryMs }: LoggedFilesProps) {
  const { data } = useQuery({ ...loggedQuery(address), staleTime: 0, refetchInterval: isOver ? false : askEveryMs });
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
