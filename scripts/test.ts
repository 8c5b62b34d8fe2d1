import { runBrowserTests, runCatalogTests } from './browser-tests.ts';
import { runGates } from './gates.ts';
import { runUnitTests } from './unit-tests.ts';

// Everything: gates, unit and service tests, the catalog, journeys in a browser. Ends with one plain line.
const outcomes = [await runGates(), await runUnitTests(), await runCatalogTests(), await runBrowserTests()];
const sum = (kind: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
