/** Takes the arguments after its name, answers the exit status. */
export type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when asked for: a command should not pay for the others. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
};
