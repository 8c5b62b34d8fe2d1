/** A line of requirements that names a package; options, paths and addresses are none. */
export interface Requirement {
  readonly name: string;
  /** With brackets, or empty. */
  readonly extras: string;
  readonly specifier: string;
  /** With its semicolon, or empty. */
  readonly marker: string;
}

const pattern = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*\(?((?:[<>=!~]=?[^;@()]*)?)\)?\s*(;.*)?$/;

export function parseRequirement(line: string): Requirement | undefined {
  const match = pattern.exec(line.trim());
  if (!match?.[1] || line.trim().startsWith('-')) return undefined;
  const [, name, extras = '', specifier = '', marker = ''] = match;
  return { name, extras, specifier: specifier.replaceAll(/\s+/g, ''), marker };
}

/** The same package from the pinned version on: `pandas==1.5.*` is `pandas>=1.5`; undefined where nothing is pinned. */
export function loosen({ name, extras, specifier, marker }: Requirement): string | undefined {
  const lowest = /(?:^|,)(?:===?|~=|<=?)([^,*]+?)(?:\.\*)?(?:,|$)/.exec(specifier);
  const floor = /(?:^|,)>=?([^,]+)/.exec(specifier);
  if (!lowest?.[1]) return undefined;
  const isCeiling = /(?:^|,)<=?/.test(lowest[0]);
  const version = floor?.[1] ?? (isCeiling ? undefined : lowest[1]);
  return `${name}${extras}${version === undefined ? '' : `>=${version}`}${marker}`;
}
