/** The part of PEP 440 that Python ranges use: `>=3.9,<3.13`, `==3.11.*`, `~=3.10`, `!=3.9.7`. */
export function satisfies(version: string, range: string): boolean {
  return range.split(',').every((clause) => {
    const match = /^\s*(>=|<=|==|!=|~=|>|<|=)?\s*(\d+(?:\.\d+)*)(\.\*)?\s*$/.exec(clause);
    if (!match?.[2]) return clause.trim() === '';
    const wanted = match[2].split('.').map(Number);
    const isSeries = match[3] !== undefined || match[1] === '=';
    const order = compare(version, wanted);
    const isInSeries = wanted.every((part, index) => Number(version.split('.')[index] ?? 0) === part);
    switch (match[1]) {
      case '>=':
        return order >= 0;
      case '>':
        return order > 0;
      case '<=':
        return order <= 0 || (isSeries && isInSeries);
      case '<':
        return order < 0;
      case '!=':
        return isSeries ? !isInSeries : order !== 0;
      case '~=':
        return order >= 0 && wanted.slice(0, -1).every((part, index) => Number(version.split('.')[index] ?? 0) === part);
      default:
        return wanted.length < 3 || isSeries ? isInSeries : order === 0;
    }
  });
}

function compare(version: string, wanted: readonly number[]): number {
  const parts = version.split('.').map(Number);
  const differences = Array.from({ length: Math.max(parts.length, wanted.length) }, (_, index) => (parts[index] ?? 0) - (wanted[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
