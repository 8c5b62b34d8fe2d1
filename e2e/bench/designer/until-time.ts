/** The pace of a hand. The bench rests meanwhile: what it took of the processor, the browser would miss. */
export async function untilTime(at: number): Promise<void> {
  const left = at - performance.now();
  // oxlint-disable-next-line no-restricted-globals -- a hand has a pace
  if (left > 0) await new Promise<void>((resolve) => setTimeout(resolve, left));
}
