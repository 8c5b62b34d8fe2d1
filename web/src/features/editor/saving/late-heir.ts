import { type Brought, bringToServer } from './bring-to-server.ts';
import type { DraftSaver } from './draft-saver.ts';
import type { DraftTransport } from './draft-transport.ts';
import type { Estate, Journal } from './journal.ts';
import { pause, RetryPace } from './retry-pace.ts';

export interface Heir {
  readonly draftId: string;
  readonly clientId: string;
  readonly transport: DraftTransport;
  readonly journal: Journal;
  readonly saver: DraftSaver;
}

/** Waits for the other windows of a draft as long as this one is open, and takes in what they leave. */
export function waitForEstates(others: readonly string[], heir: Heir): void {
  const { draftId, journal, saver } = heir;
  for (const clientId of others) {
    void journal.takeWhenGone(draftId, clientId, saver.signal).then(async (estate) => {
      if (estate) await takeEstate(estate, heir);
    });
  }
}

/** Takes in what windows have left that were opened after this one. */
export async function takeWhatIsLeft(heir: Heir): Promise<void> {
  const { draftId, clientId, journal } = heir;
  if (!journal.canTellWindows) return;
  const { estates } = await journal.takeLeft(draftId, clientId).catch(() => ({ estates: [] }));
  await Promise.all(estates.map(async (estate) => await takeEstate(estate, heir)));
}

/** Brings to the server what was left, later and later until it answers; then what else there was is this window's. */
export async function takeEstate(estate: Estate, { transport, journal, saver }: Heir): Promise<void> {
  const pace = new RetryPace();
  let { record } = estate;
  try {
    let brought: Brought;
    do {
      brought = await bringToServer(record, { transport, keep: (next) => journal.write(next).catch(() => undefined) });
      ({ record } = brought);
      saver.awaitEstate(record.clientId, brought.outcome === 'unanswered');
    } while (brought.outcome === 'unanswered' && (await pause(pace.next(), saver.signal)));
    // A saver that has ended reads nothing any more.
    if (!saver.signal.aborted) await saver.reach(record.revision);
    if (saver.signal.aborted) return estate.release();
    await saver.inherit([{ ...brought, estate }]);
  } catch (error) {
    estate.release();
    throw error;
  }
}
