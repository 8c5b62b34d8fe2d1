import { callerFor, commandFor, functionFor, scriptFor } from '../new-step/python-step.ts';
import type { WrittenPort } from '../written/written-port.ts';
import type { WrittenComponent } from './written-component.ts';

/** What *New Python step* writes for the ports of a step, by the file that it stands in. */
const offered = {
  'main.py': [callerFor, scriptFor],
  'function.py': [functionFor],
} as const satisfies Readonly<Record<string, readonly ((ports: readonly WrittenPort[]) => string)[]>>;

export const followingFiles = Object.keys(offered);

/** The command of other ports: as it would have been offered, as long as nobody wrote another. */
export function followedCommand({ command, ports }: WrittenComponent, next: readonly WrittenPort[]): string | null {
  return command === commandFor(ports) ? commandFor(next) : command;
}

/** A file for other ports; null: it does not go by them, because somebody wrote it. */
export function followedFile(path: string, text: string, [ports, next]: readonly [readonly WrittenPort[], readonly WrittenPort[]]): string | null {
  const writers = Object.entries(offered).find(([name]) => name === path)?.[1] ?? [];
  const writer = writers.find((write) => write(ports) === text);
  return writer ? writer(next) : null;
}
