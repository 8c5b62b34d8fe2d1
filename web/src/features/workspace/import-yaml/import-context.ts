import { createContext } from 'react';

export interface Import {
  /** Opens the file chooser. */
  readonly choose: () => void;
}

export const ImportContext = createContext<Import | null>(null);
