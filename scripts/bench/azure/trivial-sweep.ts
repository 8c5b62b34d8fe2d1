import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { MeasuredServer } from '../measured-server.ts';

/** Logs one metric in the protocol of MLflow and ends: nothing is started but the shell itself. */
const trial = `
address=\${MLFLOW_TRACKING_URI#http://}; host=\${address%%/*}
body="{\\"run_id\\": \\"$MLFLOW_RUN_ID\\", \\"metrics\\": [{\\"key\\": \\"score\\", \\"value\\": $VALUE, \\"timestamp\\": 1}]}"
exec 3<>/dev/tcp/\${host%:*}/\${host#*:}
printf 'POST %s/api/2.0/mlflow/runs/log-batch HTTP/1.0\\r\\nHost: %s\\r\\nContent-Type: application/json\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "\${address#"$host"}" "$host" "\${#body}" "$body" >&3
read -r answer <&3
[[ $answer == *200* ]]
`;

export interface SweepFigure {
  readonly oursMs: number;
  readonly bareMs: number;
}

/** A sweep of so many trials of nothing, two at a time, and beside it the same processes that tell a server of nothing. */
export async function measureSweep(server: MeasuredServer, count: number): Promise<SweepFigure> {
  const tune = {
    type: 'sweep',
    trial: { type: 'command', command: `VALUE=\${{search_space.value}}\n${trial}` },
    search_space: { value: { type: 'choice', values: Array.from({ length: count }, (_, index) => index) } },
    sampling_algorithm: 'grid',
    objective: { primary_metric: 'score', goal: 'maximize' },
    limits: { max_total_trials: count, max_concurrent_trials: 2 },
  };
  const { ms, run } = await server.run({ document: { type: 'pipeline', jobs: { tune } }, force: true });
  if (run.status !== 'completed') throw new Error(`expected the sweep to complete, not ${run.status}`);
  return { oursMs: ms, bareMs: await bareTrials(count) };
}

async function bareTrials(count: number): Promise<number> {
  const listener = createServer((request, response) => request.resume().once('end', () => response.end('{}'))).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  const env = { ...process.env, MLFLOW_TRACKING_URI: `http://127.0.0.1:${address.port}/mlflow`, MLFLOW_RUN_ID: 'bare' };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const child = spawn('bash', ['-c', `VALUE=${next++}\n${trial}`], { env, stdio: 'ignore' });
      await once(child, 'exit');
      if (child.exitCode !== 0) throw new Error(`a bare trial ended with ${child.exitCode}`);
    }
  };
  const from = performance.now();
  await Promise.all([worker(), worker()]);
  const ms = performance.now() - from;
  listener.close();
  return ms;
}
