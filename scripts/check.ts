import { runGates } from './gates.ts';
import { runUnitTests } from './unit-tests.ts';

// All gates and the unit tests: what a change must pass within a minute.
const gates = await runGates();
const tests = await runUnitTests();
console.log(`${gates.passed + tests.passed} passed, ${gates.failed + tests.failed} failed`);
process.exitCode = gates.failed + tests.failed === 0 ? 0 : 1;
