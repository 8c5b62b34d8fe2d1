/** What a note or a frame can be coloured with; its tokens are chosen by `data-paper`. */
export const paperColors = ['yellow', 'grey', 'blue', 'green', 'orange', 'purple', 'pink', 'teal'] as const;
export type PaperColor = (typeof paperColors)[number];

const colorOf = (written: string | undefined, otherwise: PaperColor): PaperColor => paperColors.find((color) => color === written) ?? otherwise;

export const noteColor = (color: string | undefined): PaperColor => colorOf(color, 'yellow');
export const groupColor = (color: string | undefined): PaperColor => colorOf(color, 'grey');
