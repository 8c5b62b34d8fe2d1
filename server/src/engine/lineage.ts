import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';

/** What makes two runs runs of the same pipeline, so that a step finds its earlier self. */
export function lineageOf(origin: RunOrigin): string {
  switch (origin.kind) {
    case 'draft':
      return `draft:${origin.draft}`;
    case 'file':
      return `file:${origin.file}`;
    case 'pipeline':
      return `pipeline:${origin.name}`;
    case 'gallery':
      return `gallery:${origin.name}`;
    case 'document':
      return 'document';
    case 'test':
      return `test:${origin.draft}:${origin.component}`;
    default:
      return assertNever(origin);
  }
}
