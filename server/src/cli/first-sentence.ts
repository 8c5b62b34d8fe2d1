/** Of a description, what fits in a line. */
export const firstSentence = (text: string | undefined): string => (text ?? '').trim().split(/(?<=\.)\s|\n/)[0] ?? '';
