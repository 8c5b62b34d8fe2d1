import type { Asset } from '@pipewright/shared/asset/asset.ts';

/** Something registered, of which a test says what matters to it. */
export const assetOf = (more: Pick<Asset, 'name' | 'type'> & Partial<Asset>): Asset => ({
  kind: 'data',
  version: '1',
  source: 'registered',
  createdAt: '2026-11-20T10:00:00.000Z',
  by: null,
  archivedAt: null,
  isLatest: true,
  labels: [],
  displayName: null,
  description: '',
  tags: {},
  origin: null,
  artifact: null,
  path: null,
  sizeBytes: 5,
  ...more,
});
