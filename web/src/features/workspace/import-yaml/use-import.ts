import { useContext } from 'react';
import { type Import, ImportContext } from './import-context.ts';

/** Opening a YAML file from the person's disk. */
export function useImport(): Import {
  const value = useContext(ImportContext);
  if (!value) throw new Error('Internal error: expected an ImportArea above');
  return value;
}
