import { runTool } from './run-tool.ts';

/** What every environment has, and no step asks for. */
const tools = /^(pip|setuptools|wheel)==/i;

/** Everything that is installed in a virtual environment, one line a package, sorted; null where it cannot be told. */
export async function installedPackages(python: string, uv: string | undefined): Promise<string[] | null> {
  const byPip = async (): Promise<Awaited<ReturnType<typeof runTool>>> => await runTool(python, ['-m', 'pip', 'freeze', '--disable-pip-version-check']);
  const { ok, stdout } = uv === undefined ? await byPip() : await runTool(uv, ['pip', 'freeze', '--python', python]);
  if (!ok) return null;
  const lines = stdout.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#') && !tools.test(line)).toSorted();
}
