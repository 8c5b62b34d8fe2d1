import { parseTemplate, placeholdersOf } from './parse-template.ts';

interface Declared {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a command names although nothing declares it. */
export interface UndeclaredName {
  /** What stands between the braces. */
  readonly said: string;
  /** Null: it is neither said to be an input nor an output. */
  readonly side: 'inputs' | 'outputs' | null;
  readonly name: string;
}

/** Each once, in the order of the command. */
export function undeclaredIn(command: string, declared: Declared): UndeclaredName[] {
  const found = new Map<string, UndeclaredName>();
  for (const { path } of placeholdersOf(parseTemplate(command).parts)) {
    const [scope, ...rest] = path;
    const side = scope === 'inputs' || scope === 'outputs' ? scope : null;
    const name = rest.join('.');
    if (scope === undefined || (side !== null && Object.hasOwn(declared[side], name))) continue;
    found.set(path.join('.'), { said: path.join('.'), side, name });
  }
  return [...found.values()];
}
