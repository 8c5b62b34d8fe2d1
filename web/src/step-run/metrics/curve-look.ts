/** How a line is drawn: by colour and by dash, so that it is told apart without colour as well. */
export interface CurveLook {
  /** Of the page's tokens: `series-1`. */
  readonly token: string;
  readonly width: number;
  readonly dash: readonly number[];
}

/** As many as can be told apart. */
export const curveLooks: readonly CurveLook[] = [[], [6, 3]].flatMap((dash) =>
  [1, 2, 3, 4, 5].map((series): CurveLook => ({ token: `series-${series}`, width: 1.6, dash })),
);
/** The only line of a chart. */
export const soleLook: CurveLook = { token: 'series-1', width: 2, dash: [] };
export const bestLook: CurveLook = { token: 'brand', width: 2.8, dash: [] };
/** Seen as one of many. */
export const quietLook: CurveLook = { token: 'line-strong', width: 1, dash: [] };
