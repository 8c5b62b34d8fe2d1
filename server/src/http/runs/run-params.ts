import { z } from 'zod';
import { RunId } from '@pipewright/shared/ids.ts';

export const RunParams = z.object({ id: RunId });
export const StepParams = z.object({ id: RunId, key: z.string() });
