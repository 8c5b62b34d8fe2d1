import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Response } from 'express';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { HttpError, notFound } from './errors.ts';

interface Wanted {
  /** Where the file or folder lies. */
  readonly whole: string;
  /** Null: it is not in the artifact store. */
  readonly hash: string | null;
  /** For the person who asks. */
  readonly what: string;
  /** The path inside a folder. */
  readonly rest: readonly string[];
}

/** The real path of what is asked for; links that a step left in its output do not lead out of it. */
export async function pathInside(artifacts: Pick<ArtifactStore, 'isDamaged'>, { whole: place, hash, what, rest }: Wanted): Promise<string> {
  const whole = await realpath(place).catch(() => null);
  if (whole === null) {
    if (hash === null) throw notFound(`The file ${place} of ${what}`);
    const detail = 'Run the pipeline again to make them anew.';
    if (await artifacts.isDamaged(hash)) throw new HttpError(410, 'output-damaged', { title: `The bytes of ${what} are damaged on the disk`, detail });
    throw new HttpError(410, 'output-deleted', { title: `The bytes of ${what} were deleted to free space`, detail });
  }
  const wanted = rest.join('/');
  const path = await realpath(join(whole, ...rest)).catch(() => null);
  if (path === null || (path !== whole && !path.startsWith(whole + sep))) throw notFound(`The file ${wanted} in ${what}`);
  return path;
}

/** Bytes from steps are data: a page among them neither runs nor speaks for this server. */
export async function sendBytes(response: Response, path: string, name: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  response.attachment(name).set('Content-Security-Policy', "sandbox; default-src 'none'");
  response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
    // Who stops reading half-way has what he wanted.
    if (error && !response.headersSent) reject(error);
    else resolve();
  });
  await promise;
}
