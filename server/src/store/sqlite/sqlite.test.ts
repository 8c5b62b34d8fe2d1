import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeAssetStore } from '../asset-store.contract.ts';
import { describeRetentionStore } from '../retention-store.contract.ts';
import { describeStore } from '../store.contract.ts';
import type { Store } from '../store.ts';
import { describeTrackingStore } from '../tracking-store.contract.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const folder = await mkdtemp(join(tmpdir(), 'pipewright-store-'));
afterAll(async () => await rm(folder, { recursive: true }));
let number = 0;
const open = async (): Promise<Store> => await openSqliteStore(join(folder, `${(number += 1)}.db`));
describeStore('SQLite', open);
describeRetentionStore('SQLite', open);
describeTrackingStore('SQLite', open);
describeAssetStore('SQLite', open);
