import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { countOf, formatBytes, formatCount } from '../ui/format/number.ts';

/** `205 rows × 26 columns · 26 kB`, `3 files · 1.2 MB`, `0.83`. */
export function describeArtifact({ rowCount, columnCount, sizeBytes, fileCount, isFolder, value }: Artifact): string {
  if (value !== undefined) return String(value);
  const size = formatBytes(sizeBytes);
  if (rowCount !== undefined && columnCount !== undefined) return `${countOf(rowCount, 'row')} × ${countOf(columnCount, 'column')} · ${size}`;
  return isFolder ? `${countOf(fileCount, 'file')} · ${size}` : size;
}

/** `205 × 26`: as short as it goes. */
export function describeShape(artifact: Artifact): string {
  const { rowCount, columnCount } = artifact;
  return rowCount !== undefined && columnCount !== undefined ? `${formatCount(rowCount)} × ${formatCount(columnCount)}` : describeArtifact(artifact);
}
