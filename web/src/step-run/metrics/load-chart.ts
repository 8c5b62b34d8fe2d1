import { lazy } from 'react';
import { mendLanguage } from './mend-language.ts';

/** The chart library comes with the first curve. */
export const MetricChart = lazy(async () => {
  mendLanguage();
  return { default: (await import('./metric-chart.tsx')).MetricChart };
});

/** The same for many lines. */
export const CurveChart = lazy(async () => {
  mendLanguage();
  return { default: (await import('./curve-chart.tsx')).CurveChart };
});
