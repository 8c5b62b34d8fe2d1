import { Tooltip } from '@mantine/core';
import { formatAgo, formatExact, formatMoment, formatMomentToSecond } from './moment.ts';
import { useSlowNow } from './use-now.ts';

interface RelativeTimeProps {
  readonly at: string;
  /** `ago`: in words; `moment`: short, for columns; `second`: to the second, beside other facts. */
  readonly form?: keyof typeof forms;
}

const forms = { ago: formatAgo, moment: formatMoment, second: formatMomentToSecond };

/** When, as short as it can be said; the exact time is in the tooltip. */
export function RelativeTime({ at, form = 'ago' }: RelativeTimeProps) {
  const now = useSlowNow();
  return (
    <Tooltip label={formatExact(at)}>
      <time dateTime={at} className="pw-num">
        {forms[form](at, now)}
      </time>
    </Tooltip>
  );
}
