import { enableCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { holdProgram } from './program/held-program.ts';
import { findProgram } from './program/program-folder.ts';

// What Node makes of our modules is kept between starts: that halves them, and saves memory.
enableCompileCache();
const program = findProgram();
if (program !== null) holdProgram(dirname(program));
await (program === null ? import('./cli/command-line.ts') : import(pathToFileURL(program).href));
