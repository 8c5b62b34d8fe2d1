import { endWith } from './end-with.ts';
import { runGates } from './gates.ts';
import { runSuite } from './run-suite.ts';
import { unitTests } from './vitest-suites.ts';

// What a change must pass before it is shown to anybody: the gates and the unit tests, within a minute.
endWith([await runGates(), await runSuite(unitTests)]);
