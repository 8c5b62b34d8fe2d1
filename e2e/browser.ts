import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { mkdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Browser {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The browser of the tests: the one that is named, one of the machine, else the one that comes as a package. */
export async function findBrowser(): Promise<Browser> {
  const named = process.env['PIPEWRIGHT_BROWSER'];
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const executablePath = named ?? installed.find((path) => existsSync(path));
  if (executablePath !== undefined) return { executablePath, env };
  const { default: chromium } = await import('@sparticuz/chromium');
  const path = await chromium.executablePath();
  const libraries = await unpackLibraries();
  return { executablePath: path, env: { ...env, LD_LIBRARY_PATH: [libraries, env['LD_LIBRARY_PATH']].filter(Boolean).join(':') } };
}

/** The package brings the libraries that a bare system lacks; it unpacks them by itself only on other platforms. */
async function unpackLibraries(): Promise<string> {
  const folder = join(tmpdir(), 'pipewright-chromium-libraries');
  const libraries = join(folder, 'lib');
  if (existsSync(libraries)) return libraries;
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin', 'al2023.tar.br');
  const building = `${folder}.${process.pid}`;
  await mkdir(building, { recursive: true });
  const script =
    'require("stream/promises").pipeline(require("fs").createReadStream(process.argv[1]), require("zlib").createBrotliDecompress(), require("fs").createWriteStream(process.argv[2]))';
  await promisify(execFile)(process.execPath, ['-e', script, packed, join(building, 'libraries.tar')]);
  await promisify(execFile)('tar', ['-xf', join(building, 'libraries.tar'), '-C', building]);
  await rename(building, folder).catch(() => undefined);
  return libraries;
}
