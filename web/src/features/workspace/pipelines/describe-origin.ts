/**
 * What a draft was made of, so that two of one name are told apart: *from gallery/fuel-economy*, *from run 42*, *from taxi/pipeline.yml*.
 * Of the path of a file, what differs between projects: its name and the folder that it lies in.
 */
export function describeOrigin(from: string): string {
  const [, kind = '', name = from] = /^(gallery|run|file):(.*)$/.exec(from) ?? [];
  if (kind === 'run') return `from run ${name}`;
  if (kind === 'gallery') return `from gallery/${name}`;
  return `from ${name
    .split(/[/\\\\]/)
    .filter(Boolean)
    .slice(-2)
    .join('/')}`;
}
