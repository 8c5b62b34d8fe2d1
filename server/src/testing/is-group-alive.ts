import { readdir, readFile } from 'node:fs/promises';

/** Whether any process of a group lives; one that only waits to be buried by its parent does not. */
export async function isGroupAlive(group: number): Promise<boolean> {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(async (pid) => await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.some((text) => {
    const [state = 'X', , groupOf] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(groupOf) === group && !['Z', 'X'].includes(state);
  });
}
