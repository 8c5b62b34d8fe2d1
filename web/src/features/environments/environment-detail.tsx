import type { EnvironmentBuild, RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { IconPackage } from '@tabler/icons-react';
import { AssetHistory } from '../../assets/asset-history.tsx';
import { AssetWords } from '../../assets/asset-words.tsx';
import { VersionedDetail } from '../../assets/versioned-detail.tsx';
import { Chip } from '../../ui/feedback/chip.tsx';
import { Duration } from '../../ui/format/elapsed.tsx';
import { RelativeTime } from '../../ui/format/relative-time.tsx';
import { DetailCode, DetailFact, DetailFacts, DetailPart } from '../../ui/list-detail/detail.tsx';
import { NextVersionButton } from './environment-dialog.tsx';
import { BuildNow } from './build-now.tsx';
import { buildWords } from './build-words.ts';
import { InstalledList } from './installed-list.tsx';
import { declaredIn } from './installed-packages.ts';

const tones = { building: 'plain', ready: 'ok', failed: 'error' } as const satisfies Record<EnvironmentBuild['status'], string>;
const builderWords: Readonly<Record<string, string>> = {
  host: 'the machine’s own Python has everything already',
  uv: 'uv',
  venv: 'python -m venv and pip',
};

interface EnvironmentDetailProps {
  readonly environment: RegisteredEnvironment;
  /** Newest first. */
  readonly versions: readonly RegisteredEnvironment[];
}

/** What an environment holds, and how its build stands. */
export function EnvironmentDetail({ environment, versions }: EnvironmentDetailProps) {
  const { name, version, source, definition, build } = environment;
  const address = { noun: 'environments', name, version } as const;
  const { requirements, conda_file: conda, variables, python, image } = definition;
  return (
    <VersionedDetail
      mark={<IconPackage size={26} stroke={1.6} aria-hidden />}
      title={name}
      noun="environments"
      asset={environment}
      versions={versions}
      chips={
        <>
          <Chip>{source}</Chip>
          <Chip tone={build ? tones[build.status] : 'plain'}>{build ? buildWords[build.status] : 'Built when first needed'}</Chip>
        </>
      }
    >
      <AssetWords asset={environment} address={address} />
      <DetailFacts>
        <DetailFact name="Python">{python ?? 'any'}</DetailFact>
        {image !== undefined && (
          <DetailFact name="Image">
            <span className="pw-mono">{image}</span>
          </DetailFact>
        )}
      </DetailFacts>
      <BuildNow environment={environment}>
        <NextVersionButton environment={environment} />
      </BuildNow>
      {build && <BuildPart build={build} declared={declaredIn(definition)} />}
      {requirements !== undefined && (
        <DetailPart title="Packages">
          <DetailCode label="Packages" text={typeof requirements === 'string' ? requirements : requirements.join('\n')} />
        </DetailPart>
      )}
      {variables !== undefined && (
        <DetailPart title="Variables">
          <DetailCode
            label="Variables"
            text={Object.entries(variables)
              .map(([variable, value]) => `${variable}=${value}`)
              .join('\n')}
          />
        </DetailPart>
      )}
      {conda !== undefined && (
        <DetailPart title="Conda">
          <DetailCode label="Conda file" text={typeof conda === 'string' ? conda : JSON.stringify(conda, null, 2)} />
        </DetailPart>
      )}
      <AssetHistory address={address} />
    </VersionedDetail>
  );
}

function BuildPart({ build, declared }: { readonly build: EnvironmentBuild; readonly declared: readonly string[] }) {
  return (
    <DetailPart title="Build">
      <DetailFacts>
        <DetailFact name="Status">{buildWords[build.status]}</DetailFact>
        {build.builder !== null && <DetailFact name="Built by">{builderWords[build.builder] ?? build.builder}</DetailFact>}
        {build.python !== null && (
          <DetailFact name="Python">
            <span className="pw-mono">{build.python}</span>
          </DetailFact>
        )}
        <DetailFact name="Started">
          <RelativeTime at={build.startedAt} />
        </DetailFact>
        <DetailFact name="Took">
          <Duration from={build.startedAt} to={build.endedAt} />
        </DetailFact>
        <DetailFact name="Content">
          <span className="pw-mono">{build.hash.slice(0, 12)}…</span>
        </DetailFact>
      </DetailFacts>
      {build.lock !== null && <InstalledList lock={build.lock} declared={declared} />}
      {build.message !== null && <DetailCode label="What the build said" text={build.message} />}
    </DetailPart>
  );
}
