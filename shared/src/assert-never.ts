/** Ends an exhaustive switch: a new member of the union fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`Internal error: unhandled case ${JSON.stringify(value)}`);
}
