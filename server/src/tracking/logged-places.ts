import type { LoggedPlace, LoggedPlaces } from '../data/find-data.ts';
import { findSource, originOf, type SourceParts } from './model-source.ts';
import { TrackingError } from './tracking-error.ts';

/** Lets a pipeline read what clients of MLflow have logged, by the addresses that these have for it. */
export function createLoggedPlaces(parts: SourceParts): LoggedPlaces {
  return { find: async (address) => await place(parts, address) };
}

async function place(parts: SourceParts, address: string): Promise<LoggedPlace> {
  try {
    const { path, run } = await findSource(parts, address);
    if (path === null) throw new Error(`Internal error: expected ${address} to be on this machine`);
    return { kind: 'local', path, origin: originOf(run === null ? undefined : await parts.store.tracking.get(run)) };
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    return { kind: 'problem', message: `${address} cannot be read: ${error.message}` };
  }
}
