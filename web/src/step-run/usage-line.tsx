import type { StepUsage } from '@pipewright/shared/run/step-usage.ts';
import { formatDuration } from '../ui/format/duration.ts';
import { formatBytes } from '../ui/format/number.ts';

/** What the last attempt took of the machine, in one line; what was not measured is left out. */
export function UsageLine({ usage }: { readonly usage: StepUsage }) {
  const figures = figuresOf(usage);
  if (figures.length === 0) return null;
  return (
    <p className="pw-xs pw-muted pw-num" role="note" aria-label="Used of the machine" title={aboutDisk(usage)}>
      {figures.join(' · ')}
    </p>
  );
}

function figuresOf({ cpuMs, peakMemoryBytes, readBytes, writtenBytes }: StepUsage): string[] {
  return [
    ...(cpuMs === undefined ? [] : [`${formatDuration(cpuMs)} CPU`]),
    ...(peakMemoryBytes === undefined ? [] : [`${formatBytes(peakMemoryBytes)} memory at most`]),
    ...(readBytes === undefined ? [] : [`${formatBytes(readBytes)} read`]),
    ...(writtenBytes === undefined ? [] : [`${formatBytes(writtenBytes)} written`]),
  ];
}

function aboutDisk({ diskReadBytes, diskWrittenBytes }: StepUsage): string | undefined {
  if (diskReadBytes === undefined || diskWrittenBytes === undefined) return undefined;
  return `Of that ${formatBytes(diskReadBytes)} read from and ${formatBytes(diskWrittenBytes)} written to the disk, the rest in memory`;
}
