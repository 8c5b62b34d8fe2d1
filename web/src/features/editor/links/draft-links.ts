/** Something in a draft that a link leads to. */
export interface LinkTarget {
  /** `outer/inner` for one further down. */
  readonly steps: readonly string[];
  readonly port: LinkedPort | null;
}

export interface LinkedPort {
  readonly step: string;
  readonly side: 'inputs' | 'outputs';
  readonly port: string;
}

/** The address of the draft with it, without the place of the server. */
export function draftHref(draft: string, { steps, port }: LinkTarget): string {
  const path = `/drafts/${draft}`;
  if (port) return `${path}?port=${encodeURIComponent(`${port.step}.${port.side}.${port.port}`)}`;
  return steps.length === 0 ? path : `${path}?step=${steps.map(encodeURIComponent).join(',')}`;
}

/** What the parts of an address name; null when they name nothing. */
export function readLinkTarget({ step, port }: { readonly step: string; readonly port: string }): LinkTarget | null {
  // Keys of steps hold no dot; names of ports may.
  const { groups } = /^(?<of>[^.]+)\.(?<side>inputs|outputs)\.(?<name>.+)$/.exec(port) ?? {};
  if (groups?.['of'] !== undefined && groups['name'] !== undefined) {
    const side = groups['side'] === 'inputs' ? 'inputs' : 'outputs';
    return { steps: [groups['of']], port: { step: groups['of'], side, port: groups['name'] } };
  }
  const steps = step.split(',').filter((key) => key !== '');
  return steps.length === 0 ? null : { steps, port: null };
}
