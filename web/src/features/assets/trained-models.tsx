import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { isDataType } from '@pipewright/shared/component/port-type.ts';
import type { RunOutput } from '@pipewright/shared/http/assets.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { trainedModelsQuery } from '../../api/assets.ts';
import { RegisterDialog } from '../../assets/register-dialog.tsx';
import { RelativeTime } from '../../ui/format/relative-time.tsx';
import { DetailPart } from '../../ui/list-detail/detail.tsx';
import classes from '../../assets/assets.module.css';

/** What steps have trained lately that nobody has given a name yet. */
export function TrainedModels({ named }: { readonly named: readonly Asset[] }) {
  const { data = [] } = useQuery(trainedModelsQuery());
  const [chosen, setChosen] = useState<RunOutput | null>(null);
  const known = new Set(named.map(({ artifact }) => artifact?.hash));
  const unnamed = data.filter(({ artifact }) => !known.has(artifact.hash));
  if (unnamed.length === 0) return null;
  const type = chosen?.artifact.type;
  return (
    <DetailPart title="Trained by runs, without a name">
      <ul className={classes.uses} aria-label="Trained by runs, without a name">
        {unnamed.map((output) => (
          <li key={`${output.run}/${output.step}/${output.port}`} className={classes.use} data-unnamed>
            <span aria-hidden />
            <Link className="pw-link pw-clip" to={`/runs/${output.run}/steps/${encodeURIComponent(output.step)}/outputs`}>
              run {output.run} · {output.pipelineName}
            </Link>
            <span className="pw-muted pw-clip">
              {output.step}, {output.port} · <RelativeTime at={output.createdAt} />
            </span>
            <Button size="compact-xs" variant="default" onClick={() => setChosen(output)}>
              Register…
            </Button>
          </li>
        ))}
      </ul>
      <RegisterDialog
        source={
          chosen && type !== undefined && isDataType(type) ? { from: 'output', output: { run: chosen.run, step: chosen.step, port: chosen.port }, type } : null
        }
        name={chosen ? chosen.step.replaceAll(/[^\w.-]/g, '_') : ''}
        onClose={() => setChosen(null)}
      />
    </DetailPart>
  );
}
