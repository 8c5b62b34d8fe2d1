import { lookup as lookUp } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { NetworkRules } from '../config.ts';
import { isOfPrivateNetwork, isPrivate, whyPrivate } from './private-address.ts';
import { RefusedError } from './refused-error.ts';
import { version } from '../version.ts';

const mostRedirects = 5;

/** How names are looked up, and how long a server may say nothing. */
export interface Network {
  readonly lookup: LookupFunction;
  readonly patienceMs: number;
}

export const network: Network = { lookup: lookUp, patienceMs: 30_000 };

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Unpacked, where it is sent packed. */
  readonly body: Readable;
}

interface Asked {
  readonly rules: NetworkRules;
  readonly headers: Readonly<Record<string, string>>;
  readonly network: Network;
}

/** Follows redirects itself, since each of them may lead elsewhere. Throws `RefusedError` for what the rules forbid. */
export async function httpGet(url: string, asked: Asked): Promise<Answer> {
  let address = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (address.protocol !== 'http:' && address.protocol !== 'https:') throw new RefusedError(`${url} leads to ${address.protocol}//, which is not fetched.`);
    const message = await ask(address, asked);
    const { statusCode: status = 0, headers } = message;
    if (status < 300 || status > 399 || status === 304 || headers.location === undefined) return { status, headers, body: unpacked(message) };
    message.destroy();
    address = new URL(headers.location, address);
  }
  throw new RefusedError(`${url} leads in circles: more than ${mostRedirects} redirects.`);
}

async function ask(address: URL, { rules, headers, network: { lookup, patienceMs } }: Asked): Promise<IncomingMessage> {
  const why = rules.arePrivateAllowed ? null : whyPrivate(address.href);
  if (why !== null) throw new RefusedError(why);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = address.protocol === 'https:' ? requestHttps : requestHttp;
  const said = { 'User-Agent': `pipewright/${version}`, Accept: '*/*', ...headers };
  const request = send(address, { headers: said, agent: false, timeout: patienceMs, lookup: rules.arePrivateAllowed ? lookup : onlyPublic(lookup) });
  let answer: IncomingMessage | null = null;
  // Whoever reads the answer is told the same as who waits for it.
  request.once('timeout', () => (answer ?? request).destroy(new Error(`nothing came for ${patienceMs / 1000} s`)));
  request.once('response', (message) => resolve((answer = message)));
  request.on('error', reject);
  request.end();
  return await promise;
}

/** The address that is looked at is the one that is then connected to: a name that means another one a moment later gains nothing. */
function onlyPublic(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: found.includes(':') ? 6 : 4 }] : found;
      const bad = error ? undefined : addresses.find(({ address }) => isPrivate(address));
      const [first] = addresses ?? [];
      if (error) callback(error, '');
      else if (bad) callback(new RefusedError(isOfPrivateNetwork(hostname, bad.address)), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

function unpacked(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return message;
  const unpack = encoding === 'br' ? createBrotliDecompress() : ['gzip', 'x-gzip', 'deflate'].includes(encoding) ? createUnzip() : null;
  if (unpack === null) {
    message.destroy();
    throw new Error(`it comes packed as ${encoding}, which is not known here`);
  }
  // Either end takes the other along; who reads is told why.
  pipeline(message, unpack, () => {});
  return unpack;
}
