import { statusesByWeight, type StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepStrip } from '../step-strip.ts';
import { countOf } from '../../ui/format/number.ts';
import { statusWord } from '../../ui/status/status-looks.ts';

/** Where the steps of a group stand, each counted once. */
export interface GroupStanding {
  readonly statuses: Readonly<Partial<Record<StepStatus, number>>>;
  readonly problems: number;
  readonly stale: number;
  /** Disabled, bypassed, or in need of what is disabled. */
  readonly aside: number;
  /** What the next run does with them, where a plan says it. */
  readonly willRun: number;
  readonly willReuse: number;
  readonly total: number;
}

/** The worst of its steps by icon, colour and word, then how many stand where: what needs a person comes first. */
export function groupStrip({ statuses, problems, stale, aside, willRun, willReuse, total }: GroupStanding): StepStrip {
  const present = statusesByWeight.filter((status) => statuses[status] !== undefined);
  const [worst] = present;
  const left = aside > 0 ? [`${aside} left out`] : [];
  const more = [...(stale > 0 ? [`${stale} stale`] : []), ...left, ...(problems > 0 ? [countOf(problems, 'problem')] : [])];
  if (worst === undefined) {
    const planned = [...(willRun > 0 ? [`${willRun} will run`] : []), ...(willReuse > 0 ? [`${willReuse} will reuse`] : [])];
    if (problems > 0) return { ...plain, look: 'problem', word: countOf(problems, 'problem'), detail: [...planned, ...left].join(' · ') };
    if (willRun > 0)
      return {
        ...plain,
        look: 'will-run',
        word: 'Will run',
        detail: `${willRun} of ${total}${[...(willReuse > 0 ? [`${willReuse} reused`] : []), ...left].map((part) => ` · ${part}`).join('')}`,
      };
    if (willReuse > 0) return { ...plain, look: 'will-reuse', word: 'Will reuse', detail: [`${willReuse} of ${total}`, ...left].join(' · ') };
    return { ...plain, word: countOf(total, 'step'), detail: left.join('') };
  }
  const counts = present.map((status) => `${statuses[status] ?? 0} ${statusWord(status).toLowerCase()}`);
  return { ...plain, status: worst, look: worst, word: statusWord(worst), detail: [...counts, ...more].join(' · ') };
}

const plain: StepStrip = { status: 'none', look: 'version', word: '', detail: '', isDetailCode: false, time: null };
