import type { GarbageReport } from '@pipewright/shared/http/gc.ts';
import { Button } from '@mantine/core';
import { messageOf } from '../../api/api-error.ts';
import { useCollectGarbage } from '../../api/storage.ts';
import { Refusal } from '../../ui/feedback/refusal.tsx';
import { countOf, formatBytes } from '../../ui/format/number.ts';
import classes from './settings.module.css';

/** What could be deleted, looked at first and deleted then. */
export function StorageSection() {
  const look = useCollectGarbage();
  const free = useCollectGarbage();
  const found = look.data;
  const handleLook = (): void => {
    free.reset();
    look.mutate({ dryRun: true });
  };
  const handleFree = (): void => free.mutate({ dryRun: false }, { onSuccess: () => look.reset() });
  return (
    <section className={`pw-card ${classes.group}`} aria-label="Disk space">
      <h2>Disk space</h2>
      <div className={classes.row}>
        <div aria-live="polite">
          <div className="pw-med">What nothing needs any more</div>
          <p className="pw-xs pw-muted">
            Outputs, working copies and environments that no kept run, asset or draft refers to. Logs, metrics and the list of runs stay.
          </p>
          {found && <Findings report={found} />}
          {free.data && <p className="pw-sm">{formatBytes(free.data.freedBytes)} freed.</p>}
          {free.data && free.data.undeleted.length > 0 && (
            <Refusal>
              {countOf(free.data.undeleted.length, 'file')} could not be deleted: {free.data.undeleted[0]?.message}
            </Refusal>
          )}
          {(look.isError || free.isError) && <Refusal>{messageOf(look.error ?? free.error)}</Refusal>}
        </div>
        <div className={classes.value}>
          {found && partsOf(found).length > 0 ? (
            <Button loading={free.isPending} onClick={handleFree}>
              Free {formatBytes(found.freedBytes)}
            </Button>
          ) : (
            <Button variant="default" loading={look.isPending} onClick={handleLook}>
              Look what could go
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function partsOf({ objects, attempts, environments, leftovers }: GarbageReport): { readonly what: string; readonly bytes: number }[] {
  return [
    { what: countOf(objects.count, 'output or code folder', 'outputs and code folders'), ...objects },
    { what: countOf(attempts.count, 'working copy', 'working copies'), ...attempts },
    { what: countOf(environments.count, 'environment'), ...environments },
    { what: countOf(leftovers.count, 'leftover'), ...leftovers },
  ].filter(({ count }) => count > 0);
}

function Findings({ report }: { readonly report: GarbageReport }) {
  const { kept, keepDays } = report;
  const parts = partsOf(report);
  return (
    <>
      <p className="pw-sm">
        {parts.length === 0 ? 'Nothing: all of it is needed.' : parts.map(({ what, bytes }) => `${what} (${formatBytes(bytes)})`).join(', ')}
      </p>
      <p className="pw-xs pw-muted">
        Kept: what {countOf(kept.runs, 'run')} of the last {countOf(keepDays, 'day')} {kept.runs === 1 ? 'uses' : 'use'}; keep in config.yml sets the days.
      </p>
    </>
  );
}
