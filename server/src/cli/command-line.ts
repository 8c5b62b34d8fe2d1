import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { version } from '../version.ts';
import { commandHelp, helpOf, overview } from './command-help.ts';
import { commands } from './commands.ts';
import { exitStatus } from './exit-status.ts';

// Whoever reads our output may stop in the middle of it, as `| head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitStatus.done);
  process.stderr.write(`pipewright: the output cannot be written: ${error.message}\n`);
  process.exit(exitStatus.unusable);
});

const [name, ...args] = process.argv.slice(2);
process.exitCode = await run();

/** `register` gives what it registers a version; there the word with nothing after it asks for ours. */
function asksForVersion(): boolean {
  return name === 'register' ? args.at(-1) === '--version' : args.includes('--version');
}

async function run(): Promise<number> {
  if (name === '--version' || name === '-v' || asksForVersion()) {
    process.stdout.write(`${version}\n`);
    return exitStatus.done;
  }
  if (name === undefined || name === 'help' || [name, ...args].some((word) => word === '--help' || word === '-h')) {
    const asked = name === 'help' ? args[0] : name;
    const help = asked !== undefined && Object.hasOwn(commandHelp, asked) ? commandHelp[asked] : undefined;
    process.stdout.write(help && asked !== undefined ? helpOf(asked, help) : overview());
    return exitStatus.done;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`pipewright: there is no command ${name}.${didYouMean(name, Object.keys(commandHelp))} See: pipewright --help\n`);
    return exitStatus.wrongInput;
  }
  const perform = await command();
  return await perform(args);
}
