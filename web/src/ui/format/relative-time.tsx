import { Tooltip } from '@mantine/core';
import { formatAgo, formatExact, formatMoment } from './moment.ts';
import { useSlowNow } from './use-now.ts';

interface RelativeTimeProps {
  readonly at: string;
  /** `ago`: in words; `moment`: short, for columns. */
  readonly form?: 'ago' | 'moment';
}

/** When, as short as it can be said; the exact time is in the tooltip. */
export function RelativeTime({ at, form = 'ago' }: RelativeTimeProps) {
  const now = useSlowNow();
  return (
    <Tooltip label={formatExact(at)}>
      <time dateTime={at} className="pw-num">
        {form === 'ago' ? formatAgo(at, now) : formatMoment(at, now)}
      </time>
    </Tooltip>
  );
}
