import { z } from 'zod';
import { runTool } from './run-tool.ts';

/** An interpreter of this machine. */
export interface Python {
  /** Its real path: a version manager's shim costs a hundred milliseconds at every start. */
  readonly path: string;
  /** `3.11.7` */
  readonly version: string;
}

const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.9', 'python'];
const probe = 'import sys, json; print(json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3]]))';
const Answer = z.tuple([z.string().min(1), z.string()]);
const oldest = [3, 9];

/** Every Python on PATH that is new enough, the one that people get by `python3` first. */
export async function findPythons(): Promise<Python[]> {
  const answers = await Promise.all(names.map(async (name) => await ask(name)));
  const found = new Map<string, Python>();
  for (const python of answers) if (python && isAtLeast(python.version, oldest)) found.set(python.path, python);
  return [...found.values()];
}

async function ask(name: string): Promise<Python | undefined> {
  const { ok, stdout } = await runTool(name, ['-c', probe]);
  if (!ok) return undefined;
  const parsed = Answer.safeParse(JSON.parse(stdout.trim() || 'null'));
  return parsed.success ? { path: parsed.data[0], version: parsed.data[1] } : undefined;
}

/** The first that a range admits, else the nearest, with `isExact` false. */
export function choosePython(pythons: readonly Python[], range: string | null): { python: Python; isExact: boolean } | undefined {
  const fitting = pythons.find(({ version }) => range === null || satisfies(version, range));
  if (fitting) return { python: fitting, isExact: true };
  const wanted = /(\d+)\.(\d+)/.exec(range ?? '');
  const minor = Number(wanted?.[2] ?? 11);
  const [nearest] = pythons.toSorted((a, b) => Math.abs(minorOf(a) - minor) - Math.abs(minorOf(b) - minor));
  return nearest && { python: nearest, isExact: false };
}

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

const minorOf = ({ version }: Python): number => Number(version.split('.')[1] ?? 0);
const isAtLeast = (version: string, wanted: readonly number[]): boolean => compare(version, wanted) >= 0;

function compare(version: string, wanted: readonly number[]): number {
  const parts = version.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const difference = (parts[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
