import { z } from 'zod';
import { Problem } from '../graph/problem.ts';

/** RFC 9457. `code` is stable; `title` says what, `detail` what to do. */
export const ProblemDetails = z.object({
  type: z.string().default('about:blank'),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  problems: z.array(Problem).optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
