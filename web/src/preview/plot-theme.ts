import type { Config } from 'vega-embed';

/** The look of plots, taken from the tokens as they are on the page now. */
export function plotTheme(element: HTMLElement): Config {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--pw-${name}`).trim();
  const font = 'Inter Variable, sans-serif';
  const labels = {
    labelColor: token('text-3'),
    labelFont: font,
    labelFontSize: 10,
    titleColor: token('text-2'),
    titleFont: font,
    titleFontSize: 11,
    titleFontWeight: 500,
  } as const;
  return {
    background: 'transparent',
    font,
    view: { stroke: null },
    axis: { ...labels, gridColor: token('line'), domainColor: token('node-line'), tickColor: token('node-line') },
    legend: labels,
    header: labels,
    title: { color: token('text'), font, fontSize: 13, fontWeight: 600, anchor: 'start' },
    range: {
      category: [1, 2, 3, 4, 5].map((number) => token(`series-${number}`)),
      heatmap: [token('bar-soft'), token('bar'), token('series-1')],
      ramp: [token('bar-soft'), token('bar'), token('series-1')],
    },
    bar: { fill: token('bar') },
    line: { stroke: token('series-1'), strokeWidth: 2 },
    point: { fill: token('series-1'), stroke: token('series-1') },
    rule: { stroke: token('edge') },
    text: { fill: token('text'), font },
  };
}
