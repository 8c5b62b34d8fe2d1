import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { useQuery } from '@tanstack/react-query';
import { namedAssetsQuery } from '../../../api/assets.ts';

const none: readonly Asset[] = [];

interface NamedAssets {
  readonly assets: readonly Asset[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The newest version of all data, or of all models, that has a name. */
export function useNamedAssets(noun: 'data' | 'models'): NamedAssets {
  const { data, isPending, error, refetch } = useQuery(namedAssetsQuery(noun));
  return { assets: data ?? none, isLoading: isPending, error, retry: () => void refetch() };
}
