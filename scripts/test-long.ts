import { endWith } from './end-with.ts';
import { runSuite } from './run-suite.ts';
import { longUnitTests } from './vitest-suites.ts';

// The counts of tries that the documentation speaks of. A failure names its seed, and fails again with PIPEWRIGHT_TEST_SEED.
endWith([await runSuite(longUnitTests)]);
