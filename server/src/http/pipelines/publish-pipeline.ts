import { assertNever } from '@pipewright/shared/assert-never.ts';
import { PublishedPipeline, PublishPipeline } from '@pipewright/shared/http/pipelines.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound, withProblems } from '../errors.ts';

export const publishPipeline = endpoint({
  method: 'post',
  path: '/pipelines',
  summary: 'Make an immutable version of a draft',
  body: PublishPipeline,
  result: PublishedPipeline,
  status: 201,
  handle: async ({ services, body }) => {
    if (services.samples.some(({ name }) => name === body.name)) {
      throw new HttpError(409, 'name-taken', { title: `A sample of the gallery is called ${body.name}`, detail: 'Choose another name.' });
    }
    const answer = await services.drafts.publish(body, await services.displayName());
    switch (answer.kind) {
      case 'published':
        return { body: answer.pipeline };
      case 'unchanged':
        return { status: 200, body: answer.pipeline };
      case 'version-taken': {
        const detail = `Version ${answer.version} of ${body.name} has other content, or the same in another text. Choose another version, or leave it out.`;
        throw new HttpError(409, 'version-taken', { title: 'That version exists already', detail });
      }
      case 'moved-on':
        throw new HttpError(409, 'draft-moved-on', { title: 'The draft has changed meanwhile', detail: `It stands at revision ${answer.revision}.` });
      case 'problems':
        throw withProblems('The pipeline has problems that keep it from being published', answer.problems);
      case 'unknown':
        throw notFound(`The draft ${body.draft}`);
      default:
        return assertNever(answer);
    }
  },
});
