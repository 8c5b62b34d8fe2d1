import { useQuery } from '@tanstack/react-query';
import { loggedOf, loggedQuery, type StepAddress, type TrackedAddress } from '../../api/step-runs.ts';
import { FilesPreview } from '../../preview/files-preview.tsx';
import { OutputPreview } from '../../preview/output-preview.tsx';
import { countOf } from '../../ui/format/number.ts';
import { Section } from '../../ui/panels/section.tsx';
import { useLastLook } from './use-last-look.ts';

interface LoggedFilesProps {
  readonly address: StepAddress | TrackedAddress;
  /** The files come by themselves while the step or the run goes on. */
  readonly isOver: boolean;
  readonly askEveryMs: number | (() => number | false);
}

/** Figures, tables and models that were logged as artifacts: a list, and what the chosen one looks like. */
export function LoggedFiles({ address, isOver, askEveryMs }: LoggedFilesProps) {
  const { data, refetch } = useQuery({ ...loggedQuery(address), staleTime: 0, refetchInterval: isOver ? false : askEveryMs });
  useLastLook(isOver, refetch);
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
