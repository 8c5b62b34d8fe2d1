/** The page that shows runs side by side, the others against the first. */
export const compareHref = (ids: readonly string[]): string => `/compare?runs=${ids.join(',')}`;
