import type { StepRun } from '@pipewright/shared/run/step-run.ts';

/** A step of a run in one line: its status, how long, and the reason that a person asks for next. */
export function describeStep(step: StepRun, now: number): string {
  switch (step.status) {
    case 'preparing':
      return `preparing  ${step.detail}`.trimEnd();
    case 'completed':
      return `completed  ${formatDuration(Date.parse(step.endedAt) - Date.parse(step.startedAt))}  ${why(step)}`;
    case 'reused':
      return `reused  ${why(step)}`;
    case 'running':
      return `running  ${formatDuration(Math.max(now - Date.parse(step.startedAt), 0))}  ${why(step)}`;
    case 'failed':
    case 'timed-out':
    case 'lost':
      return `${step.status}  ${step.failure.firstError ?? step.failure.message}`;
    case 'retrying': {
      const wait = formatDuration(Math.max(Date.parse(step.until) - now, 0));
      return `retrying  in ${wait}, attempt ${step.attempts} failed: ${step.failure.firstError ?? step.failure.message}`;
    }
    case 'blocked':
      return `blocked  by ${step.by.join(', ')}`;
    case 'cancelled':
      return `cancelled  by ${step.by}`;
    case 'skipped':
      return `skipped  ${step.why}`;
    default:
      return step.status;
  }
}

/** The reasons; of a loop or a sweep, which has none of its own, how many of its items, rounds or trials are done, and the best trial. */
function why({ reasons, ...step }: Extract<StepRun, { status: 'running' | 'completed' | 'reused' }>): string {
  const items = 'items' in step ? step.items : undefined;
  const best = 'best' in step && step.best ? `; best: ${step.best.step} with ${step.best.metric} ${step.best.value}` : '';
  return items ? `(${items.ended} of ${items.total} done${best})` : `(${reasons.map(({ text }) => text).join('; ')})`;
}

/** `0.4 s`, `1:05`, `2:00:09`. */
export function formatDuration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
