import embed, { type VisualizationSpec } from 'vega-embed';
import { plotTheme } from './plot-theme.ts';

/** A plot carries its data with it: nothing is fetched, wherever its address points. */
const noLoader = {
  load: async (uri: string): Promise<string> => {
    throw new Error(`A plot must hold its data; this one asks for ${uri}.`);
  },
  sanitize: async (uri: string): Promise<{ href: string }> => {
    throw new Error(`A plot must hold its data; this one asks for ${uri}.`);
  },
  http: async (): Promise<string> => '',
  file: async (): Promise<string> => '',
};

/** Draws a Vega-Lite plot in the page's colours and returns how to take it away. */
export async function drawPlot(element: HTMLElement, spec: unknown): Promise<() => void> {
  if (spec === null || typeof spec !== 'object') throw new Error('The file does not hold a Vega-Lite plot.');
  // Vega checks the specification itself and says what is wrong with it.
  const plot = { width: 'container', ...spec } as VisualizationSpec;
  const result = await embed(element, plot, {
    actions: false,
    renderer: 'svg',
    // The page's policy forbids generated code: expressions are interpreted.
    ast: true,
    loader: noLoader,
    config: plotTheme(element),
    // A plot written for an older version of Vega-Lite is no news to the person who looks at it.
    logLevel: 1,
    tooltip: { theme: 'custom' },
  });
  return () => result.finalize();
}
