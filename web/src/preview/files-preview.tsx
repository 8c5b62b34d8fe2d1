import { type ReactNode, useState } from 'react';
import type { OutputAddress } from '../api/step-runs.ts';
import { chooseFile } from './choose-file.ts';
import { type FileEntry, FileList } from './file-list.tsx';
import { joinPath } from './join-path.ts';
import classes from './preview.module.css';

interface FilesPreviewProps {
  readonly files: readonly FileEntry[];
  readonly isTruncated: boolean;
  readonly output: OutputAddress;
  readonly form: 'full' | 'inline';
  /** Draws the chosen file. */
  readonly renderFile: (file: OutputAddress) => ReactNode;
}

/** A folder: its files, and what the chosen one looks like. */
export function FilesPreview({ files, isTruncated, output, form, renderFile }: FilesPreviewProps) {
  const [chosen, setChosen] = useState(() => chooseFile(files));
  if (files.length === 0) return <p className={classes.remark}>The folder is empty.</p>;
  return (
    <div className={classes.files} data-form={form}>
      <FileList files={files} output={output} chosen={chosen} onChoose={setChosen} isTruncated={isTruncated} />
      {chosen !== undefined && <div className={classes.file}>{renderFile({ ...output, path: joinPath(output.path, chosen) })}</div>}
    </div>
  );
}
