/** Something a person can do: listed in the command palette, run by its keys, shown in the sheet of shortcuts. */
export interface Command {
  /** Stable: `editor.undo`. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** As it is pressed: `Ctrl+Shift+Z`, `[`, `F6`, `?`. `Ctrl` is the command key on a Mac. */
  readonly keys?: string;
  /** Pressed instead of `keys`; habit knows them, the lists do not show them. */
  readonly otherKeys?: readonly string[];
  /** Nobody can give it other keys: the browser or a setting decides about them. */
  readonly areKeysFixed?: boolean;
  /** Other words people search it by. */
  readonly keywords?: string;
  /** Left out of the list and of the keys while false. */
  readonly isEnabled?: boolean;
  /** The keys work in text fields as well; otherwise native editing wins there. */
  readonly worksInText?: boolean;
  /** The keys work only where this says so (on the canvas, say); the list offers the command all the same. */
  readonly keysWorkAt?: (target: EventTarget | null) => boolean;
  readonly run: () => void;
}
