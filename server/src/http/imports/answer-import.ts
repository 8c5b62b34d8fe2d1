import type { Imported } from '@pipewright/shared/http/imports.ts';
import type { ImportOutcome } from '../../imports/import-service.ts';
import { HttpError } from '../errors.ts';

/** What was imported; what was refused is told with its problems. */
export function answerImport(outcome: ImportOutcome): { body: Imported } {
  if (outcome.ok) return { body: { items: [...outcome.items] } };
  const { kind, message, problems } = outcome;
  throw kind === 'missing' ? new HttpError(404, 'not-found', message) : new HttpError(422, 'invalid-pipeline', { title: message, problems });
}
