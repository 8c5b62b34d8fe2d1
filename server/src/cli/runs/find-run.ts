import { RunId } from '@pipewright/shared/ids.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../parse-arguments.ts';

/** The run that a person names by its number; the newest one when they name none. */
export async function findRun({ runs }: Store, text: string | undefined): Promise<RunId> {
  if (text === undefined) {
    const { items } = await runs.list({ limit: 1 });
    const [newest] = items;
    if (!newest) throw new UsageError('nothing has been run here yet');
    return newest.id;
  }
  const id = RunId.safeParse(text.replace(/^(run:|#)/, ''));
  if (!id.success) throw new UsageError(`${text} is not the number of a run`);
  if (!(await runs.summary(id.data))) throw new UsageError(`there is no run ${id.data}`);
  return id.data;
}
