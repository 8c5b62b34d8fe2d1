/** A line of the table of figures. */
export function report(figure: string, value: string, wanted: string): void {
  process.stdout.write(`${figure.padEnd(56)} ${value.padStart(10)}  ${wanted}\n`);
}
