let gestures = 0;

/** Another name for each gesture of this page: edits that have the same are one entry of the history. */
export function nameGesture(kind: string): string {
  gestures += 1;
  return `${kind}:${gestures}`;
}
