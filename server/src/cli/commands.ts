/** Takes the arguments after its name, answers the exit status. */
export type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when asked for: a command should not pay for the others. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  run: async () => (await import('./run.ts')).run,
  plan: async () => (await import('./plan.ts')).plan,
  validate: async () => (await import('./validate.ts')).validate,
  export: async () => (await import('./export.ts')).exportPipeline,
  runs: async () => (await import('./runs.ts')).runs,
  ls: async () => (await import('./ls.ts')).ls,
  gc: async () => (await import('./gc.ts')).gc,
  register: async () => (await import('./register.ts')).register,
  assets: async () => (await import('./assets.ts')).assets,
  doctor: async () => (await import('./doctor.ts')).doctor,
  completion: async () => (await import('./completion.ts')).completion,
  import: async () => (await import('./import.ts')).importFiles,
};
