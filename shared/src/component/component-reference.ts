import { parseNamedVersion } from '../asset/asset-reference.ts';

/** What a step's `component` text means; the version may be `latest`. */
export type ComponentReference =
  { readonly kind: 'registered'; readonly name: string; readonly version: string } | { readonly kind: 'file'; readonly path: string };

/**
 * `azureml:NAME:VERSION`, `azureml:NAME@latest`, `azureml:NAME`, a registry address that ends in
 * `/components/NAME/versions/VERSION`, or the path of a YAML file (`file:./train.yml`, `./train.yml`).
 */
export function parseComponentReference(text: string): ComponentReference {
  const named = parseNamedVersion(text, 'component');
  if (named) return { kind: 'registered', ...named };
  return { kind: 'file', path: text.replace(/^file:(\/\/(?=\/))?/, '') };
}

/** A component of a registry of Azure, which other machines than this one know. */
export const isInRegistry = (text: string): boolean => text.startsWith('azureml://registries/');

export const formatComponentReference = (name: string, version: string): string => `azureml:${name}:${version}`;
