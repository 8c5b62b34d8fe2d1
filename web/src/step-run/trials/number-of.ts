import type { Trial } from '@pipewright/shared/http/trials.ts';

/** `3` of `tune/3`. */
export const numberOf = ({ key }: Pick<Trial, 'key'>): string => key.slice(key.lastIndexOf('/') + 1);
