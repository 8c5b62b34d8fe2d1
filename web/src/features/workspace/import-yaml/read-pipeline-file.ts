import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

/** A file as it was understood; `locate` gives problems found later their line and column in it. */
export interface PipelineFile {
  readonly name: string;
  readonly content: DraftContent | null;
  readonly problems: readonly Problem[];
  readonly locate: (problems: readonly Problem[]) => readonly Problem[];
}

const largestBytes = 5_000_000;

/** Reads a chosen file in the browser: nothing is sent before it is understood. */
export async function readPipelineFile(file: File): Promise<PipelineFile> {
  if (file.size > largestBytes) {
    const message = `${file.name} is larger than 5 MB, so it is hardly a pipeline.`;
    return { name: file.name, content: null, problems: [{ severity: 'error', code: 'not-a-pipeline', message }], locate: (problems) => problems };
  }
  // The reader of YAML is large and seldom needed.
  const [{ readPipeline }, text] = await Promise.all([import('@pipewright/shared/yaml/read-pipeline.ts'), file.text()]);
  const read = readPipeline(text, file.name);
  return { name: file.name, content: read.content && { ...read.content, text: read.text }, problems: read.problems, locate: read.locate };
}
