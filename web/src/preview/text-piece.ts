import type { Preview } from '@pipewright/shared/http/preview.ts';

/** A piece of a text, from the beginning of a line on. */
export type TextPiece = Extract<Preview, { kind: 'text' }>;
