import { z } from 'zod';
import { satisfies } from './python-range.ts';
import { runTool } from './run-tool.ts';

/** An interpreter of this machine. */
export interface Python {
  /** Its real path: a version manager's shim costs a hundred milliseconds at every start. */
  readonly path: string;
  /** `3.11.7` */
  readonly version: string;
}

/** The one that people get by `python3` first, then the newest. */
const names = ['python3', ...Array.from({ length: 12 }, (_, index) => `python3.${20 - index}`), 'python'];
const probe = 'import sys, json; print(json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3]]))';
const Answer = z.tuple([z.string().min(1), z.string()]);
const supported = '>=3.9';

/** Every Python on PATH that is new enough. */
export async function findPythons(): Promise<Python[]> {
  const answers = await Promise.all(names.map(async (name) => await ask(name)));
  const found = new Map<string, Python>();
  for (const python of answers) if (python && satisfies(python.version, supported)) found.set(python.path, python);
  return [...found.values()];
}

async function ask(name: string): Promise<Python | undefined> {
  const { ok, stdout } = await runTool(name, ['-c', probe]);
  const answer = ok ? Answer.safeParse(parseJson(stdout)) : undefined;
  return answer?.success ? { path: answer.data[0], version: answer.data[1] } : undefined;
}

/** Undefined where a program of that name says something else. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

const minorOf = ({ version }: Python): number => Number(version.split('.')[1] ?? 0);
