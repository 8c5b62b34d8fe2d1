import { homedir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';

/** Where something goes: it is placed by where it lay, or by a name that is given to it. */
export type Target = { readonly from: string; readonly isAbsolute: boolean } | { readonly name: string };

/**
 * Where in an exported folder a file lies. What is in the pipeline's folder stays where it is in there; what lies outside
 * keeps its place among what else does, so that most paths in texts need no change.
 */
export class ExportLayout {
  readonly #roots: { readonly from: string; readonly to: string }[] = [];
  readonly #exact = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;

  /** `reserved`: what else stands at the top of the folder. */
  constructor(folder: string | null, targets: readonly Target[], reserved: readonly string[]) {
    const paths = targets.flatMap((target) => ('from' in target ? [target] : []));
    const isInside = (path: string): boolean => folder !== null && isWithin(path, folder);
    const outside = paths.filter(({ from }) => !isInside(from));
    const top = commonFolder([...(folder === null ? [] : [folder]), ...outside.filter(({ isAbsolute }) => !isAbsolute).map(({ from }) => from)]);
    const near = top !== null && folder !== null && isNarrow(top) ? top : null;
    const inside = folder === null ? [] : paths.filter(({ from }) => isInside(from)).map(({ from }) => firstOf(relative(folder, from)));
    this.#taken = new Set([...reserved, ...inside]);
    if (folder !== null) this.#roots.push({ from: folder, to: '' });
    this.#placeOutside(outside, folder, near);
    for (const target of targets) if ('name' in target) this.#name(target.name);
  }

  placeOf(target: Target): string {
    if ('name' in target) return this.#names.get(target.name) ?? target.name;
    return this.#placeOfPath(target.from) ?? this.#free(join('outside', basename(target.from)));
  }

  #placeOfPath(path: string): string | null {
    const exact = this.#exact.get(path);
    if (exact !== undefined) return exact;
    const [root] = this.#roots.filter(({ from }) => isWithin(path, from)).toSorted((a, b) => b.from.length - a.from.length);
    return root ? join(root.to, relative(root.from, path)) : null;
  }

  #placeOutside(outside: readonly { readonly from: string }[], folder: string | null, near: string | null): void {
    const isNear = (path: string): boolean => near !== null && isWithin(path, near) && path !== near;
    const holdsFolder = (path: string): boolean => folder !== null && isWithin(folder, path);
    const beside = outside.filter(({ from }) => isNear(from) && !holdsFolder(from));
    if (near !== null && beside.length > 0) {
      const collides = beside.some(({ from }) => this.#taken.has(firstOf(relative(near, from))));
      const to = collides ? this.#free('outside') : '';
      this.#roots.push({ from: near, to });
      for (const { from } of beside) this.#taken.add(firstOf(join(to, relative(near, from))));
    }
    // A folder that the pipeline itself lies in is there a second time; what lies far away goes by its own name alone.
    for (const path of new Set(outside.map(({ from }) => from))) {
      if (isNear(path) && !holdsFolder(path)) continue;
      const to = this.#free(join('outside', basename(path) || 'root'));
      if (holdsFolder(path)) this.#exact.set(path, to);
      else if (this.#placeOfPath(path) === null) this.#roots.push({ from: path, to });
    }
  }

  #name(name: string): void {
    if (!this.#names.has(name)) this.#names.set(name, this.#free(name));
  }

  /** A path whose first folder is nobody else's, or that is nobody else's itself. */
  #free(path: string): string {
    let free = path;
    for (let number = 2; this.#taken.has(free); number += 1) free = `${path}-${number}`;
    this.#taken.add(free);
    return free;
  }
}

export const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);

const firstOf = (path: string): string => path.split(sep)[0] ?? path;

/** Not so far up that half of the machine is in it. */
const isNarrow = (folder: string): boolean => folder !== sep && !isWithin(homedir(), folder);

function commonFolder(paths: readonly string[]): string | null {
  const [first, ...rest] = paths;
  if (first === undefined) return null;
  let common = first;
  for (const path of rest) while (!isWithin(path, common)) common = dirname(common);
  return common;
}
