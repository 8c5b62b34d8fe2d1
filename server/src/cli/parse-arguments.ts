import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { exitStatus } from './exit-status.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; args: string[] }>>;

/** Wrong arguments end the command with a sentence and status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `most`: how many arguments besides options the command takes. */
export function parseArguments<O extends Options>(args: readonly string[], options: O, most = Infinity): Parsed<O> {
  const parsed = parse(args, options);
  const surplus = parsed.positionals[most];
  if (surplus !== undefined) throw new UsageError(`unexpected argument ${surplus}`);
  return parsed;
}

function parse<O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [, unknown] = /^Unknown option '(-[^']*)'/.exec(error.message) ?? [];
    if (unknown !== undefined) throw new UsageError(`there is no option ${unknown}.${meant(unknown, Object.keys(options))}`, { cause: error });
    // Its messages name the option; the first sentence is for people, the rest about this API.
    throw new UsageError(error.message.split('. ')[0] ?? error.message, { cause: error });
  }
}

/** What begins like it, or is spelt nearly like it. */
function meant(unknown: string, names: readonly string[]): string {
  const flags = names.map((name) => `--${name}`);
  const longer = flags.find((flag) => unknown.length > 3 && flag.startsWith(unknown));
  return didYouMean(longer ?? unknown, flags);
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
