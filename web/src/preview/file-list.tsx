import type { PreviewFile } from '@pipewright/shared/http/preview.ts';
import { IconDownload, IconFile } from '@tabler/icons-react';
import type { z } from 'zod';
import { type OutputAddress, outputPath } from '../api/step-runs.ts';
import { formatBytes } from '../ui/format/number.ts';
import { TruncatedPath } from '../ui/text/truncate.tsx';
import { joinPath } from './join-path.ts';
import classes from './preview.module.css';

export type FileEntry = z.infer<typeof PreviewFile>;

interface FileListProps {
  readonly files: readonly FileEntry[];
  readonly output: OutputAddress;
  readonly chosen?: string | undefined;
  readonly onChoose?: (path: string) => void;
  readonly isTruncated?: boolean;
}

/** Files by path and size, each to be taken along. */
export function FileList({ files, output, chosen, onChoose, isTruncated = false }: FileListProps) {
  return (
    <ul className={classes.fileList} aria-label="Files">
      {files.map(({ path, sizeBytes }) => (
        <li key={path} className={classes.fileRow} data-chosen={path === chosen || undefined}>
          <IconFile size={14} stroke={1.8} aria-hidden />
          {onChoose ? (
            <button type="button" className={classes.fileName} aria-pressed={path === chosen} onClick={() => onChoose(path)}>
              <TruncatedPath path={path} length={34} />
            </button>
          ) : (
            <span className={classes.filePath}>
              <TruncatedPath path={path} length={34} />
            </span>
          )}
          <span className={`${classes.fileSize} pw-xs pw-muted pw-num`}>{formatBytes(sizeBytes)}</span>
          <a className={classes.fileDownload} href={outputPath({ ...output, path: joinPath(output.path, path) })} download aria-label={`Download ${path}`}>
            <IconDownload size={14} stroke={1.8} />
          </a>
        </li>
      ))}
      {isTruncated && <li className={classes.remark}>There are more files than are listed here.</li>}
    </ul>
  );
}
