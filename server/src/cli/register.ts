import { resolve } from 'node:path';
import { BytesKind } from '@pipewright/shared/asset/asset.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { Registered, type Register } from '@pipewright/shared/http/register.ts';
import { homeFolder } from '../config.ts';
import { withConnection } from './connect.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { readTags } from './read-tags.ts';
import { printJson } from './print-json.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  name: { type: 'string' },
  path: { type: 'string' },
  version: { type: 'string' },
  type: { type: 'string' },
  description: { type: 'string' },
  'display-name': { type: 'string' },
  tag: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** Takes components, environments, data and models into the workspace, by files or by bytes. */
export async function register(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    const requests = toRequests(positionals, values);
    return await withConnection(homeFolder(values.home), async ({ call }) => {
      const all: Registered[] = [];
      for (const request of requests) {
        const registered = await call('/api/register', Registered, request);
        all.push(registered);
        const { kind, name, version, outcome, notes } = registered;
        for (const note of notes) process.stderr.write(`${name}: note ${note}\n`);
        if (!values.json) process.stdout.write(`${kind} azureml:${name}:${version}${outcome === 'unchanged' ? '  (registered before, unchanged)' : ''}\n`);
      }
      if (values.json) printJson({ items: all });
      return exitStatus.done;
    });
  });
}

type Values = { readonly [K in 'name' | 'path' | 'version' | 'type' | 'description' | 'display-name']?: string | undefined } & {
  readonly tag?: readonly string[] | undefined;
};

function toRequests(positionals: readonly string[], values: Values): Register[] {
  const [first, ...others] = positionals;
  if (first === undefined) throw new UsageError('name the files to register, or: register data --name NAME --path PATH');
  const kind = BytesKind.safeParse(first);
  if (!kind.success) refuseForFiles(values);
  if (!kind.success) return positionals.map((file) => ({ file: resolve(file) }));
  const { name, path, version, type, description, 'display-name': displayName } = values;
  if (others.length > 0) throw new UsageError(`unexpected argument ${others[0]}`);
  if (name === undefined || path === undefined) throw new UsageError(`register ${first} takes --name NAME and --path PATH`);
  const parsed = type === undefined ? undefined : DataType.safeParse(type);
  if (parsed && !parsed.success) throw new UsageError(`--type ${type}: one of ${DataType.options.join(', ')}`);
  const isAddress = /^[a-z][a-z0-9+.-]*:/i.test(path);
  return [
    {
      kind: kind.data,
      name,
      path: isAddress ? path : resolve(path),
      ...(version === undefined ? {} : { version }),
      ...(parsed?.success ? { type: parsed.data } : {}),
      ...(description === undefined ? {} : { description }),
      ...(displayName === undefined ? {} : { displayName }),
      ...(values.tag === undefined ? {} : { tags: readTags(values.tag) }),
    },
  ];
}

/** A file says it all itself. */
function refuseForFiles({ tag, ...values }: Values): void {
  const given = (['name', 'path', 'version', 'type', 'description', 'display-name'] as const).find((name) => values[name] !== undefined);
  const flag = given ?? (tag === undefined ? undefined : 'tag');
  if (flag !== undefined) throw new UsageError(`--${flag} is for register data and register model: a file says it itself`);
}
