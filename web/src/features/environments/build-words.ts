import type { EnvironmentBuild } from '@pipewright/shared/http/assets.ts';

export const buildWords = {
  building: 'Building…',
  ready: 'Ready',
  failed: 'Build failed',
} as const satisfies Record<EnvironmentBuild['status'], string>;
