import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../browser.ts';
import { TestServer } from '../../fixtures/server.ts';
import { buildBarePage } from './bare-page.ts';
import type { BenchParts } from './bench-parts.ts';
import { measureHeap } from './heap.ts';
import { measureKeystroke } from './keystroke.ts';
import { measureMoving } from './moving.ts';
import { measureNotes } from './notes.ts';
import { measureOpening } from './open-draft.ts';
import { measureQuickAdd } from './quick-add.ts';
import { measureStatuses } from './status-burst.ts';
import { measureTidy } from './tidy.ts';
import { measureUndo } from './undo.ts';

// The designer in a real browser, beside React Flow alone in the same run. `npm run bench:designer` prints a table for
// docs/performance.md; `-- --quick` measures once; names of parts (`open`, `notes`, `move`, `status`, `add`, `key`, `undo`, `tidy`,
// `heap`) choose them.

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true });
const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-'));
const server = new TestServer(home);
await server.start();
const { executablePath, env } = await findBrowser();
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const browser = await chromium.launch({ executablePath, env, args });
const print: BenchParts['print'] = (work, measured, wanted) => void process.stdout.write(`| ${work} | ${measured} | ${wanted} |\n`);
const parts: BenchParts = { browser, server, bareFolder: join(home, 'bare'), rounds: values.quick ? 1 : 5, print };
try {
  process.stdout.write('| work | measured | must reach |\n|---|---|---|\n');
  if (isWanted('open')) await measureOpening(parts);
  if (isWanted('notes')) await measureNotes(parts);
  if (isWanted('move')) {
    await buildBarePage(parts.bareFolder);
    await measureMoving(parts);
  }
  if (isWanted('status')) await measureStatuses(parts);
  if (isWanted('add')) await measureQuickAdd(parts);
  if (isWanted('key')) await measureKeystroke(parts);
  if (isWanted('undo')) await measureUndo(parts);
  if (isWanted('tidy')) await measureTidy(parts);
  if (isWanted('heap')) await measureHeap(parts, { isQuick: values.quick });
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
