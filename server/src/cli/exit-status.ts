/** What the shell gets to know. */
export const exitStatus = { done: 0, runFailed: 1, wrongInput: 2, unusable: 3, cancelled: 130 } as const;
