import { invalid } from './tracking-error.ts';

/** How much MLflow's own server takes, so that a script which works here works there. */
export const limits = { metrics: 1000, params: 100, tags: 100, entities: 1000, key: 250, param: 6000, tag: 8000, experimentTag: 20_000, modelTag: 100_000 };

/** Names may become paths. */
export function checkKey(what: string, key: string): void {
  if (key === '') throw invalid(`Invalid value for parameter '${what}': a key name must be provided.`);
  if (!/^[/\w.\- :]*$/u.test(key.replaceAll(/[\p{L}\p{N}]/gu, 'a')))
    throw invalid(
      `Invalid value '${key}' for parameter '${what}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw invalid(
      `Invalid value '${key}' for parameter '${what}' supplied: Names may be treated as files in certain cases, and this one is no path of a file.`,
    );
  checkLength(what, key, limits.key);
}

export function checkLength(what: string, text: string, most: number): void {
  if (text.length > most) throw invalid(`'${what}' exceeds the maximum length of ${most} characters.`);
}

/** Clients cut long values with a warning; so does MLflow's server where they have not. */
export const cutTo = (text: string, most: number): string => (text.length > most ? text.slice(0, most) : text);

export function checkCount(what: string, count: number, most: number): void {
  if (count > most)
    throw invalid(
      `A batch logging request can contain at most ${most} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
    );
}
