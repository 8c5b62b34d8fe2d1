import { prepareProgram } from '../server/src/program/prepare-program.ts';

// The last part of setting up: commands start from the compiled program.
await prepareProgram();
