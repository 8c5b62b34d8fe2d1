import type { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { Button } from '@mantine/core';
import { IconHammer, IconPlayerStop } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { useBuildEnvironment } from '../../api/environments.ts';
import { Refusal } from '../../ui/feedback/refusal.tsx';
import classes from './environments.module.css';

interface BuildNowProps {
  readonly environment: RegisteredEnvironment;
  /** What else can be done with it, beside the button. */
  readonly children?: ReactNode;
}

/** Builds an environment before a step needs it, with its log while it is built. Leaving the page stops it. */
export function BuildNow({ environment, children }: BuildNowProps) {
  const build = useBuildEnvironment();
  const [log, setLog] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBuilding, setIsBuilding] = useState(false);
  const stop = useRef<AbortController | null>(null);
  const end = useRef<HTMLPreElement>(null);
  useEffect(() => () => stop.current?.abort(), []);
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [log]);
  const start = async (): Promise<void> => {
    const control = new AbortController();
    stop.current = control;
    setLog('');
    setRefusal(null);
    setIsBuilding(true);
    try {
      await build(environment, { signal: control.signal, onText: (piece) => setLog((before) => `${before ?? ''}${piece}`) });
    } catch (error) {
      if (control.signal.aborted) setLog((before) => `${before ?? ''}Stopped.\n`);
      else setRefusal(messageOf(error));
    } finally {
      setIsBuilding(false);
    }
  };
  const isReady = environment.build?.status === 'ready';
  return (
    <div className={classes.buildNow}>
      <div className={classes.tools}>
        {!isReady && !isBuilding && (
          <Button size="xs" variant="default" leftSection={<IconHammer size={14} stroke={1.8} />} onClick={() => void start()}>
            Build now
          </Button>
        )}
        {isBuilding && (
          <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} stroke={1.8} />} onClick={() => stop.current?.abort()}>
            Stop the build
          </Button>
        )}
        {children}
      </div>
      {log !== null && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
        <pre ref={end} className={classes.log} role="log" aria-label="Log of the build" tabIndex={0}>
          {log === '' ? 'Looking for what is there already…' : log}
        </pre>
      )}
      {refusal !== null && <Refusal>{refusal}</Refusal>}
    </div>
  );
}
