import { prepareProgram } from '../server/src/program/prepare-program.ts';
import { browserTests } from './browser-tests.ts';
import { endWith } from './end-with.ts';
import { runGates } from './gates.ts';
import { runSuite } from './run-suite.ts';
import { catalogTests, unitTests } from './vitest-suites.ts';

// What decides whether a change lands. The catalog's tests wait for installs and for Python, the others for processes of their own: side by
// side they take little longer than one of them. The journeys watch the clock, and have the machine to themselves.
const gates = await runGates();
// Hundreds of commands are tried, each in a process of its own.
await prepareProgram();
const suites = await Promise.all([runSuite(unitTests), runSuite(catalogTests)]);
endWith([gates, ...suites, await runSuite(browserTests)]);
