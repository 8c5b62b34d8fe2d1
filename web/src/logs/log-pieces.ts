import type { LogPart } from '../realtime/watch-log.ts';

export interface LogPiece {
  readonly text: string;
  /** Pipewright's words, not the step's. */
  readonly isOurs: boolean;
}

/** Parts a text where our lines before the step's end, and where those after it begin; places are told in bytes. */
export function piecesOf({ offset, nextOffset, stepFrom, stepTo, text }: LogPart): LogPiece[] {
  // What the step wrote need not be text, and stands here for other bytes than it had; what we wrote is, so it is what is counted.
  const before = firstBytes(text, stepFrom - offset);
  const after = stepTo === null ? '' : lastBytes(text.slice(before.length), nextOffset - stepTo);
  const own = text.slice(before.length, text.length - after.length);
  const pieces = [
    { text: before, isOurs: true },
    { text: own, isOurs: false },
    { text: after, isOurs: true },
  ];
  return pieces.filter((piece) => piece.text !== '');
}

function firstBytes(text: string, count: number): string {
  return count <= 0 ? '' : decoder.decode(encoder.encode(text).subarray(0, count));
}

function lastBytes(text: string, count: number): string {
  if (count <= 0) return '';
  const bytes = encoder.encode(text);
  return decoder.decode(bytes.subarray(Math.max(0, bytes.length - count)));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
