import { z } from 'zod';
import { DraftId } from '@pipewright/shared/ids.ts';

export const DraftParams = z.object({ id: DraftId });
