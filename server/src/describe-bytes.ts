const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `12.3 MB`: three digits, in powers of a thousand as disks are sold. */
export function describeBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}
