import type { Problem } from '../problem.ts';
import { keysOf } from '../../file-schemas/json-schema.ts';
import { placeKeys } from '../../file-schemas/work-schemas.ts';
import { nearlyKnown } from './nearly-known.ts';
import { whyNotAName } from './why-not-a-name.ts';

interface Ports {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What is wrong with the names that a component gives its inputs and outputs; paths are from the component. */
export function checkPortNames(ports: Ports): Problem[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(ports[side]).flatMap((name): Problem[] => {
      const wrong = whyNotAName(name, side);
      if (wrong) return [{ severity: 'error', ...wrong, port: name, path: [side, name] }];
      if (side === 'inputs' || !Object.hasOwn(ports.inputs, name)) return [];
      const message = `${name} is an input and an output: here both can be told apart, but Azure takes a name only once.`;
      return [{ severity: 'warning', code: 'irregular-value', message, port: name, path: [side, name] }];
    }),
  );
}

/** Keys of a step or a component without effect on this machine: kept, written back, and said. */
const keptOnly = ['identity', 'services', 'queue_settings', 'properties'];
/** Azure's, of a cluster; the others of `resources` are ours. */
const ownResources = new Set(['cpu', 'memory', 'gpu']);
const resourceKeys = keysOf(placeKeys.resources);

/** Notes of such keys; paths are from the step or component. */
export function noteKeptKeys(fields: Readonly<Record<string, unknown>>): Problem[] {
  const note = (path: string[], effect: string): Problem => ({
    severity: 'note',
    code: 'kept-only',
    message: `${path.join('.')} is kept in the file and ${effect}.`,
    path,
  });
  const { resources, distribution, environment } = fields;
  const ofServers = isMap(environment) ? ['os_type', 'inference_config'].filter((name) => isSaid(environment[name])) : [];
  const slips = new Set(isMap(resources) ? nearlyKnown(resources, resourceKeys).map(([name]) => name) : []);
  const ofCluster = isMap(resources) ? Object.keys(resources).filter((name) => !ownResources.has(name) && !slips.has(name)) : [];
  return [
    ...keptOnly.filter((name) => isSaid(fields[name])).map((name) => note([name], 'has no effect on this machine')),
    ...(isSaid(distribution) ? [note(['distribution'], 'does not start more processes: the command runs once, and is told that it is alone')] : []),
    ...ofServers.map((name) => note(['environment', name], 'has no effect on this machine')),
    ...ofCluster.map((name) => note(['resources', name], 'has no effect on this machine')),
  ];
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
