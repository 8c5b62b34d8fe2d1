import { DataFolderError } from '../data-folder.ts';
import { HttpError } from '../http/errors.ts';
import { PortError } from '../listen-on-loopback.ts';
import { RefusedError, ServerGoneError } from './call-api.ts';
import { ConfigError } from './connect.ts';
import { exitStatus } from './exit-status.ts';
import { withUsage } from './parse-arguments.ts';
import { printProblems } from './print-problems.ts';

/** Every failure that a person can cause ends in a sentence and the status that the contract gives it. */
export async function withFailuresTold(work: () => Promise<number>): Promise<number> {
  return await withUsage(async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DataFolderError || error instanceof PortError || error instanceof ServerGoneError) return tell(error.message, exitStatus.unusable);
      if (error instanceof HttpError) return tell(error.detail === undefined ? error.message : `${error.message}. ${error.detail}`, exitStatus.wrongInput);
      if (error instanceof ConfigError) {
        printProblems(error.problems);
        return exitStatus.wrongInput;
      }
      if (!(error instanceof RefusedError)) throw error;
      const { problems = [] } = error.details;
      printProblems(problems);
      // What is said with its place is not said again.
      return problems.some(({ message }) => error.message.includes(message)) ? exitStatus.wrongInput : tell(error.message, exitStatus.wrongInput);
    }
  });
}

function tell(message: string, status: number): number {
  process.stderr.write(`pipewright: ${message}\n`);
  return status;
}
