import { createContext } from 'react';

export interface Import {
  /** Opens the dialog in which files are chosen and texts pasted. */
  readonly open: () => void;
}

export const ImportContext = createContext<Import | null>(null);
