/** Of a row, in pixels. */
export const rowHeight = 27;
/** Browsers draw no box that is higher than some 17 million pixels. */
const mostPixels = 15_000_000;

/** How many of so many rows can be scrolled to. */
export const reachableRows = (count: number): number => Math.min(count, Math.floor(mostPixels / rowHeight));
