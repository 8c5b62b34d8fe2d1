import type { LoggedPlace, LoggedPlaces } from '../data/find-data.ts';
import { findSource, originOf, type SourceParts } from './model-source.ts';
import { TrackingError } from './tracking-error.ts';

/** Lets a pipeline read what clients of MLflow have logged, by the addresses that these have for it. */
export function createLoggedPlaces(parts: SourceParts): LoggedPlaces {
  return { find: async (address) => (/^(runs:|models:\/+m-[0-9a-f]{32}$)/.test(address) ? await place(parts, address) : undefined) };
}

async function place(parts: SourceParts, address: string): Promise<LoggedPlace | undefined> {
  if (address.startsWith('runs:') && !/^runs:\/+[0-9a-f]{32}\/./.test(address)) {
    const message = `${address}: MLflow names a run by 32 letters and digits, as in runs:/RUN/model. An output of a pipeline's run is azureml://jobs/RUN/outputs/NAME.`;
    return { kind: 'problem', message };
  }
  try {
    const { path, run } = await findSource(parts, address);
    if (path === null) return undefined;
    return { kind: 'local', path, origin: originOf(run === null ? undefined : await parts.store.tracking.get(run)) };
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    return { kind: 'problem', message: `${address} cannot be read: ${error.message}` };
  }
}
