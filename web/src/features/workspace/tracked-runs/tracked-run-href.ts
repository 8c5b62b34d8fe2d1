import { withQuery } from '../../../api/request.ts';
import type { TrackedRun } from '../../../api/tracked-runs.ts';

export const trackedRunHref = ({ id }: Pick<TrackedRun, 'id'>): string => `/tracked/${id}`;

/** The list of runs that notebooks and scripts have made, of one experiment or of all. */
export const trackedRunsHref = (experiment?: string): string => withQuery('/runs', { view: 'scripts', experiment });
