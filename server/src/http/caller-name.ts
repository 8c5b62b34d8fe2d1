import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { DisplayName, nameHeader } from '@pipewright/shared/http/workspace.ts';

const callers = new AsyncLocalStorage<string>();

/** The name that whoever makes the request that is answered goes by; undefined where they say none. */
export const callerName = (): string | undefined => callers.getStore();

/** People who share a server are told apart by the name that their browser sends; what is no name is not taken for one. */
export const heedCallerName: RequestHandler = (request, _response, next) => {
  const name = DisplayName.safeParse(decode(request.get(nameHeader))).data;
  if (name === undefined) return next();
  callers.run(name, () => next());
};

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
