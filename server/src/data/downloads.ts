import { createHash, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { NetworkRules } from '../config.ts';

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

const mostRedirects = 5;
/** Without an answer for so long an address counts as dead. */
const patienceMs = 30_000;

/** Kept in `folder` by address: one that has not changed is not sent again. `#sha256=…` at the end of an address is checked. */
export function createDownloads(folder: string, rules: NetworkRules): Downloads {
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
}

async function transfer({ url, expected, place, rules }: Transfer): Promise<Fetched> {
  const before = await readMeta(place);
  const copy = before && join(place, before.file);
  try {
    const response = await get(url, rules, conditionsOf(before));
    if (response.status === 304 && copy !== undefined) {
      await response.body?.cancel();
      // Whoever clears up goes by when it was last asked for.
      const now = new Date();
      await utimes(join(place, 'meta.json'), now, now);
      return await checked(copy, { url, expected });
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return await withoutAnswer(`it answers ${response.status}`, copy, { url, expected });
    }
    return await keep(response, { url, expected, place, rules });
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
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};

/** Not a failure of the network: it must not be. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

const conditionsOf = (meta: Meta | undefined): Record<string, string> => ({
  ...(meta?.etag ? { 'If-None-Match': meta.etag } : {}),
  ...(meta?.lastModified ? { 'If-Modified-Since': meta.lastModified } : {}),
});

/** Follows redirects itself, since each of them may lead elsewhere. */
async function get(url: string, rules: NetworkRules, headers: Record<string, string>): Promise<Response> {
  let address = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (address.protocol !== 'http:' && address.protocol !== 'https:') throw new RefusedError(`${url} leads to ${address.protocol}//, which is not fetched.`);
    await checkAddress(address, rules);
    const response = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    const next = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === 304 || next === null) return response;
    await response.body?.cancel();
    address = new URL(next, address);
  }
  throw new RefusedError(`${url} leads in circles: more than ${mostRedirects} redirects.`);
}

async function checkAddress({ hostname }: URL, { arePrivateAllowed }: NetworkRules): Promise<void> {
  if (arePrivateAllowed) return;
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [{ address: host }] : await lookup(host, { all: true });
  const found = addresses.find(({ address }) => isPrivate(address));
  if (found) throw new RefusedError(isOfPrivateNetwork(hostname, found.address));
}

const isOfPrivateNetwork = (hostname: string, address: string): string =>
  `${hostname} is an address of a private network (${address}), and config.yml says network.private_addresses: false.`;

/** The parser of addresses knows every way to write one: as one number, in hexadecimal, in IPv6. */
function whyPrivate(url: string): string | null {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && isPrivate(host) ? isOfPrivateNetwork(hostname, host) : null;
}

function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return privateAddresses.check(address, 'ipv4');
  return privateAddresses.check(address, 'ipv6') || privateAddresses.check(embedded(address), 'ipv4');
}

/** The IPv4 address that one of NAT64 or 6to4 leads to; of others, one that is nobody's private one. */
function embedded(address: string): string {
  const groups = groupsOf(address);
  const [first, second, third] = groups;
  const pair = first === 0x64 && second === 0xff9b ? groups.slice(6) : first === 0x2002 ? [second ?? 0, third ?? 0] : null;
  return pair === null ? '1.1.1.1' : pair.flatMap((group) => [group >> 8, group & 0xff]).join('.');
}

function groupsOf(address: string): number[] {
  const toGroups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [head = '', tail] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [toGroups(head), toGroups(tail ?? '')];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

/** This machine itself is not among them. */
const privateAddresses = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['0.0.0.0', 8],
] as const) {
  privateAddresses.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateAddresses.addSubnet(net, prefix, 'ipv6');

/** Into a file of its own, then under its name: nobody sees half of it. */
async function keep(response: Response, { url, expected, place, rules }: Transfer): Promise<Fetched> {
  const name = basename(new URL(url).pathname).replaceAll(/[^\w.-]/g, '_') || 'data';
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > rules.maxBytes) throw tooLarge(url, rules);
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
    if (!response.body) throw new Error('Internal error: expected a body');
    await pipeline(Readable.from(response.body), measured, createWriteStream(partial));
    const hash = digest.digest('hex');
    if (expected !== null && hash !== expected) throw new RefusedError(`${url} has other content than its address says: sha256 is ${hash}.`);
    const folder = `content-${hash.slice(0, 12)}`;
    await mkdir(join(place, folder), { recursive: true });
    await rename(partial, join(place, folder, name));
    const meta: Meta = { url, etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified'), file: join(folder, name) };
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
  const isThere = await stat(join(place, meta.file)).then(
    () => true,
    () => false,
  );
  return isThere ? meta : undefined;
}
