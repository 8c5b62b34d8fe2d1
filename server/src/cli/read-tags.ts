import { UsageError } from './parse-arguments.ts';

/** `--tag KEY=VALUE`, more than once; without a value it is empty. */
export function readTags(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [key = '', ...value] = text.split('=');
      if (key === '') throw new UsageError(`--tag ${text}: write KEY=VALUE`);
      return [key, value.join('=')];
    }),
  );
}
