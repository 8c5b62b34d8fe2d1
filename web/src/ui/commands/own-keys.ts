import type { Command } from './command.ts';
import { splitSequence } from './match-keys.ts';

/** Keys that a person gave to commands, by their id; an empty text takes the keys of a command away. */
export type OwnKeys = Readonly<Record<string, string>>;

const rekeyed = new WeakMap<Command, { readonly keys: string; readonly command: Command }>();

/** The command with the keys that it has for this person; the same object for the same answer. */
export function withOwnKeys(command: Command, own: OwnKeys): Command {
  const keys = command.areKeysFixed === true ? undefined : own[command.id];
  if (keys === undefined) return command;
  const known = rekeyed.get(command);
  if (known?.keys === keys) return known.command;
  const { keys: _keys, otherKeys: _otherKeys, ...rest } = command;
  const changed = keys === '' ? rest : { ...rest, keys };
  rekeyed.set(command, { keys, command: changed });
  return changed;
}

/** Commands that the keys would run as well, or keep from being run: the same keys, or the first of two pressed one after the other. */
function commandsWithKeys(commands: readonly Command[], keys: string): Command[] {
  const all = (command: Command): readonly string[] => (command.keys === undefined ? [] : [command.keys, ...(command.otherKeys ?? [])]);
  const firstOf = (text: string): string => splitSequence(text)?.[0] ?? text;
  const clashes = (other: string): boolean =>
    other.toLowerCase() === keys.toLowerCase() || ((splitSequence(other) === null) !== (splitSequence(keys) === null) && firstOf(other) === firstOf(keys));
  return commands.filter((command) => all(command).some(clashes));
}

interface Given {
  readonly command: Command;
  readonly keys: string;
  readonly takenFrom: readonly Command[];
}

/** Gives a command its keys and takes them from others; what a command has anyway is not kept. */
export function giveKeys(own: OwnKeys, { command, keys, takenFrom }: Given): OwnKeys {
  const next: Record<string, string> = { ...own, [command.id]: keys };
  if (keys === (command.keys ?? '')) delete next[command.id];
  for (const other of takenFrom) next[other.id] = '';
  return next;
}

/**
 * Who would lose the keys to a command. Some share theirs on purpose, for other places or other things that are selected:
 * where a command gets back what it came with, only what somebody was given is taken.
 */
export function rivalsFor({ command, keys }: Omit<Given, 'takenFrom'>, others: readonly Command[], own: OwnKeys): Command[] {
  const rivals = commandsWithKeys(
    others.filter(({ id }) => id !== command.id).map((other) => withOwnKeys(other, own)),
    keys,
  );
  return keys === command.keys ? rivals.filter(({ id }) => own[id] !== undefined) : rivals;
}
