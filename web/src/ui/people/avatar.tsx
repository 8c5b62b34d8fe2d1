import { initialsOf, personColour } from './person-look.ts';
import classes from './people.module.css';

/** The letters of a person on their colour, drawn and no text; the name stands beside it, or is that of what it is in. */
export function Avatar({ name, size = 22 }: { readonly name: string; readonly size?: number }) {
  return (
    <span
      className={classes.avatar}
      style={{ background: personColour(name), width: size, height: size, fontSize: size * 0.42 }}
      data-initials={initialsOf(name)}
      aria-hidden
    />
  );
}
