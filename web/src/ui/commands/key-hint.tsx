import { spellKeys } from './match-keys.ts';
import { useKeysOf } from './use-listed-commands.ts';
import classes from './commands.module.css';

/** A key that always means the same, as it is written on the keys. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={classes.key}>{spellKeys(keys)}</kbd>;
}

/** The keys of a command, as they are now. */
export function CommandKeys({ of }: { readonly of: string }) {
  const keys = useKeysOf(of);
  return keys === undefined ? null : <KeyHint keys={keys} />;
}
