import type { Config } from '../config.ts';
import type { Store } from './store.ts';

/** The name that marks drafts and runs: the one that was chosen in the settings, else the system user's. */
export async function readDisplayName(store: Store, config: Pick<Config, 'displayName'>): Promise<string> {
  const chosen = await store.settings.get('displayName');
  return typeof chosen === 'string' ? chosen : config.displayName;
}
