import { archiveAsset, restoreAsset } from './assets/archive-asset.ts';
import { showAsset } from './assets/show-asset.ts';
import { updateAsset } from './assets/update-asset.ts';
import type { Command } from './commands.ts';
import { UsageError } from './parse-arguments.ts';
import { withFailuresTold } from './with-failures-told.ts';

const verbs: Readonly<Record<string, Command>> = { show: showAsset, archive: archiveAsset, restore: restoreAsset, update: updateAsset };

/** `assets VERB KIND NAME[:VERSION]`: one name, and what can be done with it. */
export async function assets([verb, ...args]: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const command = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!command)
      throw new UsageError(`${verb === undefined ? 'say what to do with assets' : `assets ${verb} is no command`}: ${Object.keys(verbs).join(', ')}`);
    return await command(args);
  });
}
