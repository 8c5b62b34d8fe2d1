import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeStore } from '../store.contract.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const folder = await mkdtemp(join(tmpdir(), 'pipewright-store-'));
afterAll(async () => await rm(folder, { recursive: true }));
let number = 0;
describeStore('SQLite', async () => await openSqliteStore(join(folder, `${(number += 1)}.db`)));
