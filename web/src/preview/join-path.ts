/** A path below a folder of an output; the output itself is the empty path. */
export const joinPath = (folder: string | undefined, path: string): string => (folder === undefined || folder === '' ? path : `${folder}/${path}`);
