import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { outputPath, type StepAddress } from '../api/step-runs.ts';

interface DownloadOutputProps {
  readonly output: StepAddress & { readonly port: string };
  readonly artifact: Artifact;
}

/** A file as it is; of a table the Parquet. Other folders offer their files one by one, in their list. */
export function DownloadOutput({ output, artifact }: DownloadOutputProps) {
  if (artifact.isFolder && artifact.type !== 'mltable') return null;
  const href = outputPath(artifact.isFolder ? { ...output, path: 'data.parquet' } : output);
  return (
    <Button
      size="xs"
      variant="default"
      component="a"
      href={href}
      download={`${output.step.replaceAll('/', '.')}.${output.port}${artifact.isFolder ? '.parquet' : ''}`}
      leftSection={<IconDownload size={15} stroke={1.8} />}
    >
      Download
    </Button>
  );
}
