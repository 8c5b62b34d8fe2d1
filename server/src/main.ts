import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { findProgram } from './program/program-folder.ts';

// What Node makes of our modules is kept between starts: that halves them, and saves memory.
enableCompileCache();
const program = findProgram();
await (program === null ? import('./cli/command-line.ts') : import(pathToFileURL(program).href));
