import { browserTests } from './browser-tests.ts';
import { endWith } from './end-with.ts';
import { runGates } from './gates.ts';
import { runSuite } from './run-suite.ts';
import { catalogTests, unitTests } from './vitest-suites.ts';

// What decides whether a change lands. One suite after another: several start many processes, and the journeys watch the clock.
endWith([await runGates(), await runSuite(unitTests), await runSuite(catalogTests), await runSuite(browserTests)]);
