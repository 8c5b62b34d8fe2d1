import { endWith } from './end-with.ts';
import { runGates } from './gates.ts';

// What a change must pass before it is shown to anybody: all the gates, within a minute.
endWith([await runGates()]);
