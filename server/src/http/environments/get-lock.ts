import { z } from 'zod';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const getLock = endpoint({
  method: 'get',
  path: '/locks/{id}',
  summary: 'What an environment held: the version of Python and of every package, as a step of a run or a build names it',
  // The name is that of a file.
  params: z.object({ id: z.string().regex(/^[0-9a-z]+$/) }),
  result: EnvironmentLock,
  handle: async ({ services, params: { id } }) => {
    const lock = await services.environments.readLock(id);
    if (!lock) throw notFound(`The lock ${id}`);
    return { body: lock };
  },
});
