import { parseArgs, type ParseArgsConfig } from 'node:util';
import { exitStatus } from './exit-status.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; args: string[] }>>;

/** Wrong arguments end the command with a sentence and status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function parseArguments<O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Runs a command's work; what a person can mend is told in a sentence. */
export async function withUsage(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`pipewright: ${error.message}\n`);
    return exitStatus.wrongInput;
  }
}
