import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// `npm run test:long` raises the dose; a failure of a property names the seed to try again with.
const dose = Number(process.env['PIPEWRIGHT_TEST_DOSE'] ?? 1);
const seed = Number(process.env['PIPEWRIGHT_TEST_SEED'] ?? 20_261_123);
const isLong = dose > 1;

/** What builds real environments, and every gallery pipeline in them: minutes, where the rest takes seconds. */
const slow = ['src/catalog.test.ts', 'src/**/*.slow.test.ts'];

/** One more than is usual on a small machine: most tests wait for processes of their own. Projects that run together must say the same. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    provide: { dose, seed },
    maxWorkers,
    projects: [
      { extends: true, test: { name: 'shared', root: 'shared', include: ['src/**/*.test.ts'], testTimeout: isLong ? 600_000 : 10_000 } },
      {
        extends: true,
        test: {
          name: 'server',
          root: 'server',
          include: ['src/**/*.test.ts'],
          exclude: slow,
          testTimeout: isLong ? 600_000 : 30_000,
          hookTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'catalog', root: 'server', include: slow, testTimeout: 300_000, hookTimeout: 300_000 } },
      { extends: true, test: { name: 'scripts', root: 'scripts', include: ['*.test.ts'] } },
      { extends: './web/vite.config.ts', test: { name: 'web', root: 'web', maxWorkers, testTimeout: isLong ? 600_000 : 30_000 } },
    ],
  },
});
