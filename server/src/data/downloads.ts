import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { NetworkRules } from '../config.ts';
import { isThere } from '../is-there.ts';
import type { Answer, Network } from './http-get.ts';
import { whyPrivate } from './private-address.ts';
import { RefusedError } from './refused-error.ts';

type Fetched =
  | { readonly ok: true; readonly path: string; /** What differs from a fresh copy. */ readonly note?: string }
  | { readonly ok: false; readonly message: string };

/** Files behind http(s) addresses. */
export interface Downloads {
  /** A copy that is as new as the address; the last one where nobody answers. */
  fetch(url: string): Promise<Fetched>;
  /** Why an address is never fetched, as far as it can be seen from itself: a name is looked up when it is. */
  whyNot(url: string): string | null;
  /** What was fetched before, without asking. */
  known(url: string): Promise<string | undefined>;
}

const Meta = z.object({ url: z.string(), etag: z.string().nullable(), lastModified: z.string().nullable(), file: z.string() });
type Meta = z.infer<typeof Meta>;

/** Kept in `folder` by address: one that has not changed is not sent again. `#sha256=…` at the end of an address is checked. */
export function createDownloads(folder: string, rules: NetworkRules, through?: Network): Downloads {
  const placeOf = (url: string): string => join(folder, createHash('sha256').update(url).digest('hex').slice(0, 40));
  const underWay = new Map<string, Promise<Fetched>>();
  const known = async (url: string): Promise<string | undefined> => {
    const [address = url] = url.split('#');
    const meta = await readMeta(placeOf(address));
    return meta && join(placeOf(address), meta.file);
  };
  return {
    known,
    whyNot: (url) => (rules.arePrivateAllowed ? null : whyPrivate(url)),
    fetch: async (url) => {
      if (!rules.isFetched) {
        const copy = await known(url);
        if (copy === undefined) return { ok: false, message: `${url} may not be fetched: config.yml says network.fetch: false.` };
        return await checked(copy, { url, expected: expectedOf(url) });
      }
      // Two steps that name one address share its transfer.
      const existing = underWay.get(url);
      if (existing) return await existing;
      const [address = url] = url.split('#');
      const fetching = transfer({
        url: address,
        expected: expectedOf(url),
        place: placeOf(address),
        rules,
        through,
      });
      underWay.set(url, fetching);
      try {
        return await fetching;
      } finally {
        underWay.delete(url);
      }
    },
  };
}

/** What the end of an address says of its content. */
const expectedOf = (url: string): string | null => /#sha256=([0-9a-f]{64})$/i.exec(url)?.[1]?.toLowerCase() ?? null;

interface Transfer {
  readonly url: string;
  readonly expected: string | null;
  readonly place: string;
  readonly rules: NetworkRules;
  readonly through: Network | undefined;
}

async function transfer({ url, expected, place, rules, through }: Transfer): Promise<Fetched> {
  const before = await readMeta(place);
  const copy = before && join(place, before.file);
  // Node's modules for HTTP are loaded with it, which takes as long as a command that needs none of them.
  const { httpGet, network } = await import('./http-get.ts');
  try {
    const answer = await httpGet(url, { rules, headers: conditionsOf(before), network: through ?? network });
    if (answer.status === 304 && copy !== undefined) {
      answer.body.destroy();
      // Whoever clears up goes by when it was last asked for.
      const now = new Date();
      await utimes(join(place, 'meta.json'), now, now);
      return await checked(copy, { url, expected });
    }
    if (answer.status < 200 || answer.status > 299) {
      answer.body.destroy();
      return await withoutAnswer(`it answers ${answer.status}`, copy, { url, expected });
    }
    return await keep(answer, { url, expected, place, rules });
  } catch (error) {
    if (error instanceof RefusedError) return { ok: false, message: error.message };
    return await withoutAnswer(reasonOf(error), copy, { url, expected });
  }
}

async function withoutAnswer(why: string, copy: string | undefined, { url, expected }: Pick<Transfer, 'url' | 'expected'>): Promise<Fetched> {
  if (copy === undefined) return { ok: false, message: `${url} cannot be fetched: ${why}.` };
  const outcome = await checked(copy, { url, expected });
  return outcome.ok ? { ...outcome, note: `${url} cannot be fetched (${why}): the copy of last time is used.` } : outcome;
}

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
};

const conditionsOf = (meta: Meta | undefined): Record<string, string> => ({
  ...(meta?.etag ? { 'If-None-Match': meta.etag } : {}),
  ...(meta?.lastModified ? { 'If-Modified-Since': meta.lastModified } : {}),
});

/** Into a file of its own, then under its name: nobody sees half of it. */
async function keep({ headers, body }: Answer, { url, expected, place, rules }: Omit<Transfer, 'through'>): Promise<Fetched> {
  const name = basename(new URL(url).pathname).replaceAll(/[^\w.-]/g, '_') || 'data';
  if (Number(headers['content-length'] ?? 0) > rules.maxBytes) {
    body.destroy();
    throw tooLarge(url, rules);
  }
  const digest = createHash('sha256');
  let size = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      digest.update(chunk);
      if (size > rules.maxBytes) done(tooLarge(url, rules));
      else done(null, chunk);
    },
  });
  await mkdir(place, { recursive: true });
  const partial = join(place, `partial-${randomUUID()}`);
  try {
    await pipeline(body, measured, createWriteStream(partial));
    const hash = digest.digest('hex');
    if (expected !== null && hash !== expected) throw new RefusedError(`${url} has other content than its address says: sha256 is ${hash}.`);
    const folder = `content-${hash.slice(0, 12)}`;
    await mkdir(join(place, folder), { recursive: true });
    await rename(partial, join(place, folder, name));
    const meta: Meta = { url, etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null, file: join(folder, name) };
    await writeFile(join(place, 'meta.json.new'), JSON.stringify(meta));
    await rename(join(place, 'meta.json.new'), join(place, 'meta.json'));
    return { ok: true, path: join(place, meta.file) };
  } finally {
    await rm(partial, { force: true });
  }
}

async function checked(path: string, { url, expected }: Pick<Transfer, 'url' | 'expected'>): Promise<Fetched> {
  if (expected === null) return { ok: true, path };
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  const hash = digest.digest('hex');
  return hash === expected ? { ok: true, path } : { ok: false, message: `${url} has other content than its address says: sha256 is ${hash}.` };
}

const tooLarge = (url: string, { maxBytes }: NetworkRules): RefusedError =>
  new RefusedError(`${url} is larger than ${maxBytes} bytes, the most that is fetched: raise network.max_bytes in config.yml.`);

async function readMeta(place: string): Promise<Meta | undefined> {
  const text = await readFile(join(place, 'meta.json'), 'utf8').catch(() => null);
  if (text === null) return undefined;
  const meta = Meta.parse(JSON.parse(text));
  return (await isThere(join(place, meta.file))) ? meta : undefined;
}
