import type { Listed } from '../model/listed-problems.ts';
import { severityOf, stepOfRow } from '../model/listed-problems.ts';

const colours = { error: 'var(--pw-err)', warning: 'var(--pw-warn)', note: 'var(--pw-text-3)' } as const;

/**
 * Shows on the canvas what a row of the list is about: the step, its port and the wire into it. Rules of style and not
 * state of the nodes: nothing is drawn anew, whichever of a thousand steps it is and whenever it comes into view.
 */
export function Spotlight({ row }: { readonly row: Listed }) {
  const step = stepOfRow(row);
  if (step === undefined) return null;
  const colour = colours[severityOf(row)];
  const port = row.kind === 'problem' ? row.problem.port : undefined;
  const side = row.kind === 'problem' && row.problem.path?.includes('outputs') ? 'outputs' : 'inputs';
  const rules = [`[data-canvas] ${named('step', step)} { outline: 3px dashed ${colour}; outline-offset: 3px; }`];
  if (port !== undefined) {
    const address = `${step}.${side}.${port}`;
    rules.push(
      `[data-canvas] ${named('port', address)} { outline: 3px solid ${colour}; outline-offset: -5px; border-radius: 50%; }`,
      `[data-canvas] :is([data-edge$=${quoted(`->${address}`)}] path, path[data-edge$=${quoted(`->${address}`)}]) { stroke: ${colour}; stroke-width: 3.5; }`,
    );
  }
  return <style data-spotlight={step}>{rules.join('\n')}</style>;
}

const quoted = (text: string): string => JSON.stringify(text).replaceAll('<', String.raw`\3c `);
const named = (what: string, value: string): string => `[data-${what}=${quoted(value)}]`;
