import { spellKeys } from './match-keys.ts';
import classes from './commands.module.css';

/** A shortcut as it is written on the keys. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={classes.key}>{spellKeys(keys)}</kbd>;
}
