/** Where the graph of a step that is a pipeline is shown; the key of one further down is a path. */
export const insideHref = (draft: string, key: string): string => `/drafts/${draft}/inside/${encodeURIComponent(key)}`;
