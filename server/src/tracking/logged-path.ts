import { basename } from 'node:path';
import type { Response } from 'express';
import type { TrackedRun } from '../store/tracking-store.ts';
import { pathWithin } from './artifact-places.ts';
import { artifactsOfRun } from './tracked-files.ts';
import { TrackingError } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

/** Where a file lies that a run has logged; undefined for a path that leads elsewhere. */
export function loggedPath(parts: Pick<TrackingParts, 'runsFolder' | 'trackingFolder'>, run: TrackedRun, segments: readonly string[]): string | undefined {
  try {
    return pathWithin(artifactsOfRun(parts, run), segments.join('/'));
  } catch (error) {
    if (error instanceof TrackingError) return undefined;
    throw error;
  }
}

/** Bytes from steps are data: a page among them neither runs nor speaks for this server. */
export async function sendAsData(response: Response, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  response.attachment(basename(path)).set('Content-Security-Policy', "sandbox; default-src 'none'");
  response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
    // Who stops reading half-way has what he wanted.
    if (error && !response.headersSent) reject(error);
    else resolve();
  });
  await promise;
}
