import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultNetworkRules } from '../config.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { createDownloads } from './downloads.ts';
import { network } from './http-get.ts';

async function serve(answer: RequestListener): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> =>
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
const read = async (outcome: Awaited<ReturnType<ReturnType<typeof createDownloads>['fetch']>>): Promise<string> => {
  if (!outcome.ok) throw new Error(outcome.message);
  return await readFile(outcome.path, 'utf8');
};

describe('downloads', () => {
  it('keep what does not change, and fetch what does', async () => {
    const asked: (string | undefined)[] = [];
    let text = 'one';
    const { url } = await serve((request, response) => {
      asked.push(request.headers['if-none-match']);
      const etag = `"${text}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      response.writeHead(200, { ETag: etag }).end(text);
    });
    const downloads = createDownloads(await tempFolder(), defaultNetworkRules);
    expect(await downloads.known(`${url}/t.csv`)).toBeUndefined();
    const first = await downloads.fetch(`${url}/t.csv`);
    expect(await read(first)).toBe('one');
    expect(first).toMatchObject({ path: expect.stringMatching(/\/t\.csv$/) });
    expect(await read(await downloads.fetch(`${url}/t.csv`))).toBe('one');
    text = 'two';
    expect(await read(await downloads.fetch(`${url}/t.csv`))).toBe('two');
    expect(asked).toEqual([undefined, '"one"', '"one"']);
    expect(await downloads.known(`${url}/t.csv`)).toMatch(/t\.csv$/);
  });

  it('use the copy of last time where nobody answers, and say so', async () => {
    const folder = await tempFolder();
    const { url, close } = await serve((_request, response) => void response.end('kept'));
    const downloads = createDownloads(folder, defaultNetworkRules);
    await downloads.fetch(`${url}/x`);
    await close();
    const again = await downloads.fetch(`${url}/x`);
    expect(await read(again)).toBe('kept');
    expect(again).toMatchObject({ note: expect.stringContaining('the copy of last time is used') });
    expect(await downloads.fetch(`${url}/never`)).toMatchObject({ ok: false, message: expect.stringContaining('cannot be fetched') });
  });

  it('follow redirects, and refuse those in circles and to other schemes', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/a') return void response.writeHead(302, { Location: '/b' }).end();
      if (request.url === '/circle') return void response.writeHead(302, { Location: '/circle' }).end();
      if (request.url === '/file') return void response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
      if (request.url === '/gone') return void response.writeHead(404).end();
      response.end('there');
    });
    const downloads = createDownloads(await tempFolder(), defaultNetworkRules);
    expect(await read(await downloads.fetch(`${url}/a`))).toBe('there');
    expect(await downloads.fetch(`${url}/circle`)).toMatchObject({ ok: false, message: expect.stringContaining('circles') });
    expect(await downloads.fetch(`${url}/file`)).toMatchObject({ ok: false, message: expect.stringContaining('not fetched') });
    expect(await downloads.fetch(`${url}/gone`)).toMatchObject({ ok: false, message: expect.stringContaining('it answers 404') });
  });

  it('check what the address says of the content, and how large it may be', async () => {
    const { url } = await serve((_request, response) => void response.end('0123456789'));
    const hash = createHash('sha256').update('0123456789').digest('hex');
    const downloads = createDownloads(await tempFolder(), { ...defaultNetworkRules, maxBytes: 10 });
    expect(await read(await downloads.fetch(`${url}/d#sha256=${hash}`))).toBe('0123456789');
    expect(await downloads.fetch(`${url}/e#sha256=${'0'.repeat(64)}`)).toMatchObject({ ok: false, message: expect.stringContaining(hash) });
    const strict = createDownloads(await tempFolder(), { ...defaultNetworkRules, maxBytes: 9 });
    expect(await strict.fetch(`${url}/d`)).toMatchObject({ ok: false, message: expect.stringContaining('network.max_bytes') });
  });

  it('leave private networks alone where they are told to, but not this machine', async () => {
    const { url } = await serve((_request, response) => void response.end('own'));
    const rules = { ...defaultNetworkRules, arePrivateAllowed: false };
    const downloads = createDownloads(await tempFolder(), rules);
    expect(await read(await downloads.fetch(`${url}/x`))).toBe('own');
    const spellings = ['167837955', '0xa.1.2.3', '012.1.2.3', '[::ffff:10.1.2.3]', '[::ffff:a01:203]', '[64:ff9b::10.1.2.3]', '[2002:a01:203::1]', '[fe80::1]'];
    for (const host of ['10.1.2.3', '192.168.0.1', '169.254.169.254', '[fd00::1]', ...spellings]) {
      expect(downloads.whyNot(`http://${host}/x`)).toContain('private network');
      expect(await downloads.fetch(`http://${host}/x`)).toMatchObject({ ok: false, message: expect.stringContaining('private network') });
    }
    expect(downloads.whyNot('http://1.1.1.1/x')).toBeNull();
    expect(downloads.whyNot('http://[64:ff9b::1.1.1.1]/x')).toBeNull();
    const leading = await serve((_request, response) => void response.writeHead(302, { Location: 'http://2886729729/x' }).end());
    expect(await downloads.fetch(`${leading.url}/x`)).toMatchObject({ ok: false, message: expect.stringContaining('172.16.0.1') });
    const none = createDownloads(await tempFolder(), { ...rules, isFetched: false });
    expect(await none.fetch(`${url}/x`)).toMatchObject({ ok: false, message: expect.stringContaining('network.fetch: false') });
  });

  it('connect to the address that was looked at, and look once', async () => {
    const { url } = await serve((_request, response) => void response.end('own'));
    const asked: string[] = [];
    // A name that means something else each time, as one does that wants to get behind the check.
    const answers = ['127.0.0.1', '10.1.2.3'];
    const lookup: LookupFunction = (hostname, options, callback) => {
      asked.push(hostname);
      const address = answers.shift() ?? '';
      if (options.all === true) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    };
    const downloads = createDownloads(await tempFolder(), { ...defaultNetworkRules, arePrivateAllowed: false }, { ...network, lookup });
    const named = url.replace('127.0.0.1', 'data.example');
    expect(await read(await downloads.fetch(`${named}/x`))).toBe('own');
    expect(await downloads.fetch(`${named}/y`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('data.example is an address of a private network (10.1.2.3)'),
    });
    expect(asked).toEqual(['data.example', 'data.example']);
  });

  it('give up a server that says nothing more, and unpack what is sent packed', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/strange') return void response.writeHead(200, { 'Content-Encoding': 'zstd' }).end('?');
      if (request.url === '/broken') return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not packed at all');
      if (request.url === '/packed') return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('unpacked'));
      response.writeHead(200, { 'Content-Length': 100 }).write('half');
    });
    const folder = await tempFolder();
    const downloads = createDownloads(folder, defaultNetworkRules, { ...network, patienceMs: 200 });
    expect(await read(await downloads.fetch(`${url}/packed`))).toBe('unpacked');
    expect(await downloads.fetch(`${url}/half`)).toMatchObject({ ok: false, message: `${url}/half cannot be fetched: nothing came for 0.2 s.` });
    expect(await downloads.fetch(`${url}/broken`)).toMatchObject({ ok: false, message: expect.stringContaining('incorrect header check') });
    expect(await downloads.fetch(`${url}/strange`)).toMatchObject({ ok: false, message: expect.stringContaining('packed as zstd') });
    const left = (await readdir(folder, { recursive: true })).filter((name) => name.includes('partial'));
    expect(left).toEqual([]);
  });
});
