import { enableCompileCache } from 'node:module';
import { commands } from './cli/commands.ts';
import { usage } from './cli/usage.ts';
import { version } from './version.ts';

// Compiled code is kept between starts: that halves them, and saves memory. Commands are imported after this line.
enableCompileCache();

const [name, ...args] = process.argv.slice(2);
process.exitCode = await run();

async function run(): Promise<number> {
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const command = commands[name];
  if (!command) {
    process.stderr.write(`pipewright: there is no command ${name}\n\n${usage}`);
    return 2;
  }
  return await (
    await command()
  )(args);
}
