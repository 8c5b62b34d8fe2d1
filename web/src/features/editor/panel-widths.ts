/** Until a person makes them otherwise. */
export const paletteWidth = 240;
export const inspectorWidth = 328;
/** In narrow windows the palette is a strip. */
export const paletteStripWidth = 52;
