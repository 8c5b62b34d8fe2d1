/** A task that every tool of the comparison can do: it reads files and writes one. */
export interface Task {
  readonly name: string;
  /** Tasks whose output it reads. */
  readonly after: readonly string[];
  /** A file beside the graph that it reads, if any. */
  readonly source?: string;
  /** What the shell is given. */
  readonly command: (inputs: readonly string[], output: string) => string;
}

export type TaskGraph = readonly Task[];

type Command = Task['command'];

export const doNothing: Command = () => 'true';
export const writeNothing: Command = (_, output) => `: > ${output}`;

/** Each after the one before. */
export function chain(length: number, command: Command): TaskGraph {
  return Array.from({ length }, (_, index) => ({ name: `s${index}`, after: index === 0 ? [] : [`s${index - 1}`], command }));
}

export function independent(count: number, command: Command): TaskGraph {
  return Array.from({ length: count }, (_, index) => ({ name: `s${index}`, after: [], command }));
}

/** The file that the first task of a layered graph reads. */
export const firstSource = 's0_0.txt';

/**
 * Layers of `width`, each task with three parents in the layer before. Tasks of the first layer pass on the first line of
 * a file of their own: what stands below it changes nothing.
 */
export function layered(layers: number, width: number): TaskGraph {
  return Array.from({ length: layers * width }, (_, index): Task => {
    const [layer, place] = [Math.floor(index / width), index % width];
    const name = `s${layer}_${place}`;
    if (layer === 0) return { name, after: [], source: `${name}.txt`, command: ([input], output) => `head -n 1 ${input} > ${output}` };
    const parents = [0, 1, 2].map((offset) => `s${layer - 1}_${(place + offset) % width}`);
    return { name, after: parents, command: (inputs, output) => `cat ${inputs.join(' ')} | cksum > ${output}` };
  });
}
