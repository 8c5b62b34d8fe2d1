import { useContext } from 'react';
import { type Import, ImportContext } from './import-context.ts';

/** Bringing pipelines from the person's disk or clipboard. */
export function useImport(): Import {
  const value = useContext(ImportContext);
  if (!value) throw new Error('Internal error: expected an ImportArea above');
  return value;
}
