import { bin, runCommand, type CommandResult } from './run-command.ts';
import type { SuiteOutcome } from './run-suite.ts';

interface Gate {
  readonly name: string;
  readonly run: () => Promise<CommandResult>;
}

/** What every change must pass before its tests count. */
const gates: readonly Gate[] = [
  // Projects side by side with one checker each: several checkers for one project work out the same types several times.
  { name: 'types', run: async () => await runCommand(bin('tsc'), ['-b', '--builders', '2', '--checkers', '1']) },
  {
    name: 'format',
    run: async () => await runCommand(bin('prettier'), ['--check', '--cache', '--cache-location', '.cache/prettier', '--log-level', 'warn', '.']),
  },
  { name: 'lint', run: async () => await runCommand(bin('oxlint'), ['--type-aware', '--deny-warnings']) },
  {
    name: 'boundaries',
    run: async () => await runCommand(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'shared/src', 'server/src', 'web/src', 'e2e', 'scripts']),
  },
  { name: 'unused', run: async () => await runCommand(bin('knip'), ['--no-progress']) },
  { name: 'contrast', run: async () => await runCommand(process.execPath, ['scripts/check-contrast.ts']) },
];

/** Runs them two at a time; says how each ended, and what those that failed had to say. */
export async function runGates(): Promise<SuiteOutcome> {
  const open = [...gates];
  const outcome = { passed: 0, failed: 0 };
  const work = async (): Promise<void> => {
    for (let gate = open.shift(); gate; gate = open.shift()) {
      const { ok, output, seconds } = await gate.run();
      console.log(`${ok ? '✓' : '✗'} ${gate.name} (${seconds.toFixed(1)} s)`);
      if (!ok) console.log(output.trimEnd());
      outcome[ok ? 'passed' : 'failed'] += 1;
    }
  };
  await Promise.all([work(), work()]);
  return outcome;
}
