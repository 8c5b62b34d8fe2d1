import type { RegisteredAsset } from '@pipewright/shared/asset/asset.ts';
import { isDataType } from '@pipewright/shared/component/port-type.ts';
import type { DataAsset } from '@pipewright/shared/http/assets.ts';
import type { FoundOutput } from '../../store/store.ts';

/** An output as an asset: under the name that its pipeline gives, else under its step's; the run is the version unless one is given. */
export function assetOfOutput({ run, pipelineName, step, port, artifact, createdAt, name, version }: FoundOutput): DataAsset[] {
  if (!isDataType(artifact.type)) return [];
  return [
    {
      name: name ?? `${pipelineName} / ${step}`,
      version: version ?? run,
      type: artifact.type,
      description: `Output ${port} of step ${step} in run ${run} of ${pipelineName}`,
      sizeBytes: artifact.sizeBytes,
      source: 'run',
      run,
      step,
      port,
      createdAt,
      licence: null,
    },
  ];
}

/** What a person has registered. */
export function assetOfRegistration({ name, version, type, description, artifact, path, createdAt }: RegisteredAsset): DataAsset {
  const about = description === '' ? `From ${path}` : description;
  const nowhere = { run: null, step: null, port: null };
  return { name, version, type, description: about, sizeBytes: artifact?.sizeBytes ?? 0, source: 'registered', ...nowhere, createdAt, licence: null };
}
