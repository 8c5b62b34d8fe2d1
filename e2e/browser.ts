import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Browser {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const run = promisify(execFile);

/** The browser of the tests: the one that `PIPEWRIGHT_BROWSER` names, one of the machine's, else the one that comes as a package. */
export async function findBrowser(): Promise<Browser> {
  const named = process.env['PIPEWRIGHT_BROWSER'];
  if (named !== undefined && !existsSync(named)) throw new Error(`PIPEWRIGHT_BROWSER names ${named}, which does not exist.`);
  const executablePath = named ?? installed.find((path) => existsSync(path));
  if (executablePath !== undefined) return { executablePath, env: ownEnvironment() };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found. Install Chromium or Chrome, or name one in PIPEWRIGHT_BROWSER.');
  }
  return await packagedBrowser();
}

/** Chromium from npm, unpacked once per version. It brings a font, and the libraries that a bare system lacks. */
async function packagedBrowser(): Promise<Browser> {
  const folder = await unpack();
  const executablePath = join(folder, 'chromium');
  const { stdout } = await run('ldd', [executablePath]);
  const env = { ...ownEnvironment(), FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  if (!stdout.includes('not found')) return { executablePath, env };
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return { executablePath, env: { ...env, LD_LIBRARY_PATH: libraries } };
}

async function unpack(): Promise<string> {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const version = /"version": "([^"]+)"/.exec(await readFile(join(packed, 'package.json'), 'utf8'))?.[1] ?? 'unknown';
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'pipewright-tests');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  // Whole or not at all: a browser that was half unpacked by a run that died would be taken for a good one.
  const building = `${folder}.${process.pid}`;
  await mkdir(building, { recursive: true });
  const script = `
    import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(packed, 'bin', 'al2023.tar.br'))});`;
  // The package unpacks to the folder for temporary files, and takes what lies there already for its own.
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: import.meta.dirname, env: { ...process.env, TMPDIR: building } });
  await writeFile(join(building, 'fonts.conf'), fontConfiguration(folder));
  await rename(building, folder).catch(async () => await rm(building, { recursive: true, force: true }));
  return folder;
}

/** A bare system has no font and no configuration of fonts; the package's own names folders of another place. */
function fontConfiguration(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map((path) => `<dir>${path}</dir>`);
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.join('')}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`;
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
