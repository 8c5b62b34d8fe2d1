import { prepareProgram } from '../server/src/program/prepare-program.ts';
import { browserTests } from './browser-tests.ts';
import { endWith } from './end-with.ts';
import { runGates } from './gates.ts';
import { runSuite } from './run-suite.ts';
import { catalogTests, unitTests } from './vitest-suites.ts';

// What decides whether a change lands. One suite after another: several start many processes, and the journeys watch the clock.
const gates = await runGates();
// Hundreds of commands are tried, each in a process of its own.
await prepareProgram();
endWith([gates, await runSuite(unitTests), await runSuite(catalogTests), await runSuite(browserTests)]);
