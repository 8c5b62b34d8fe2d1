import type { Step } from './step.ts';

type Tags = NonNullable<Step['tags']>;

/** The tags without one of them; undefined: none is left. */
export function withoutTag({ tags = {} }: Pick<Step, 'tags'>, tag: string): Tags | undefined {
  const left = Object.entries(tags).filter(([name]) => name !== tag);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

export const withTag = ({ tags }: Pick<Step, 'tags'>, tag: string, value: string): Tags => ({ ...tags, [tag]: value });
