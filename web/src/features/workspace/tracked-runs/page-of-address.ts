import { trackedRunHref, trackedRunsHref } from './tracked-run-href.ts';

/** Which of our pages shows what a link of MLflow's clients is about: `#/experiments/1/runs/ID`, `#/experiments/1`, `#/models/NAME`. */
export function pageOfAddress(hash: string): string {
  const [kind, first = '', part, second = ''] = hash.replace(/^#\/*/, '').replace(/\?.*$/s, '').split('/');
  if (kind === 'models' && first !== '') return `/models/${first}`;
  if (kind !== 'experiments' || first === '') return trackedRunsHref();
  return part === 'runs' && second !== '' ? trackedRunHref({ id: second }) : trackedRunsHref(first);
}
