type Fields = Readonly<Record<string, unknown>>;
type Place = readonly (string | number)[];

/** What a path in a document leads to. */
type PathKind = 'component' | 'code' | 'include' | 'environment' | 'conda' | 'build' | 'data';

/** A file or folder that a document names by its path. */
export interface NamedPath {
  readonly kind: PathKind;
  /** As it is written; `plainPath` is what it means. */
  readonly value: string;
  readonly at: Place;
  /** The type that is said beside it. */
  readonly type?: string;
  /** The step that it belongs to. */
  readonly step?: string;
}

/** Whether a step's input takes data, so that a text given to it is a path. */
export type IsData = (step: string, input: string) => boolean;

/** Every local path in a pipeline or component: no address, no asset, no binding. */
export function namedPaths(document: unknown, isData?: IsData): NamedPath[] {
  return namedReferences(document, isData).filter(({ value }) => isLocalPath(value));
}

/** The same, and whatever else may stand in place of a path. */
export function namedReferences(document: unknown, isData: IsData = () => false): NamedPath[] {
  if (!isFields(document)) return [];
  return isFields(document['jobs']) ? pathsOfPipeline(document, document['jobs'], isData) : pathsOfWork(document, []);
}

/** Without what Azure may write before it. */
export const plainPath = (value: string): string => value.replace(/^file:(\/\/(?=\/))?/, '');

export function isLocalPath(value: string): boolean {
  return value !== '' && !value.includes('${{') && !/^[a-z][a-z0-9+.-]*:/i.test(plainPath(value));
}

/** A path below its folder is written so that it cannot be taken for anything else. */
export const asRelative = (path: string): string => (path.startsWith('.') || path.startsWith('/') ? path : `./${path}`);

/** A copy with other values at some places; undefined takes a place out. */
export function withValues<T>(document: T, changes: readonly { readonly at: Place; readonly value: unknown }[]): T {
  // Only what is changed differs, and each change stands where one of its kind stood.
  return changes.reduce<unknown>((changed, { at, value }) => withValue(changed, at, value), document) as T;
}

function withValue(parent: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(parent)) return parent.map((item: unknown, index) => (index === key ? withValue(item, rest, value) : item));
  const fields = isFields(parent) ? parent : {};
  if (rest.length > 0 || value !== undefined) return { ...fields, [key]: withValue(fields[key], rest, value) };
  const { [key]: _gone, ...others } = fields;
  return others;
}

function pathsOfPipeline(document: Fields, jobs: Fields, isData: IsData): NamedPath[] {
  const paths: NamedPath[] = [];
  for (const [name, input] of Object.entries(fieldsAt(document, 'inputs'))) {
    paths.push(...dataPath(input, ['inputs', name]));
    if (isFields(input) && typeof input['default'] === 'string' && typeof input['path'] !== 'string' && isDataType(input['type']))
      paths.push({ kind: 'data', value: input['default'], at: ['inputs', name, 'default'], ...typeIn(input) });
  }
  for (const [key, step] of Object.entries(jobs)) {
    if (!isFields(step)) continue;
    for (const path of pathsOfStep(key, step, isData)) paths.push({ ...path, step: key });
  }
  return paths;
}

const isDataType = (type: unknown): boolean => typeof type === 'string' && !['string', 'number', 'integer', 'boolean'].includes(type);

function pathsOfStep(key: string, step: Fields, isData: IsData): NamedPath[] {
  const at = ['jobs', key];
  const paths = pathsOfWork(step, at);
  for (const field of ['component', 'trial']) {
    const component = step[field];
    if (typeof component === 'string') paths.push({ kind: 'component', value: component, at: [...at, field] });
    else if (isFields(component)) paths.push(...pathsOfWork(component, [...at, field]));
  }
  for (const [name, input] of Object.entries(fieldsAt(step, 'inputs'))) {
    paths.push(...dataPath(input, [...at, 'inputs', name]));
    if (typeof input === 'string' && isData(key, name)) paths.push({ kind: 'data', value: input, at: [...at, 'inputs', name] });
  }
  for (const field of ['training_data', 'validation_data', 'test_data']) paths.push(...dataPath(step[field], [...at, field]));
  const loop = step['for_each'];
  if (isFields(loop)) paths.push(...dataPath(loop['items'], [...at, 'for_each', 'items']), ...pathsOfItems(loop['items'], [...at, 'for_each', 'items']));
  if (step['type'] === 'parallel_for') paths.push(...pathsOfItems(step['items'], [...at, 'items']));
  return paths;
}

/** The data in items that fill inputs by name. */
function pathsOfItems(items: unknown, at: Place): NamedPath[] {
  const named: [string | number, unknown][] = Array.isArray(items) ? [...items.entries()] : isFields(items) ? Object.entries(items) : [];
  return named.flatMap(([place, item]) => (isFields(item) ? Object.entries(item).flatMap(([name, value]) => dataPath(value, [...at, place, name])) : []));
}

/** What a component, a step with a command of its own, or the task of a parallel one is made of. */
function pathsOfWork(work: Fields, at: Place): NamedPath[] {
  const paths: NamedPath[] = [];
  const { code, additional_includes: includes, environment, task } = work;
  if (typeof code === 'string') paths.push({ kind: 'code', value: code, at: [...at, 'code'] });
  for (const [index, path] of (Array.isArray(includes) ? includes : []).entries()) {
    if (typeof path === 'string') paths.push({ kind: 'include', value: path, at: [...at, 'additional_includes', index] });
  }
  if (typeof environment === 'string') paths.push({ kind: 'environment', value: environment, at: [...at, 'environment'] });
  if (isFields(environment)) paths.push(...pathsOfEnvironment(environment, [...at, 'environment']));
  if (isFields(task)) paths.push(...pathsOfWork(task, [...at, 'task']));
  return paths;
}

/** The files that the definition of an environment names. */
export function pathsOfEnvironment(environment: unknown, at: Place = []): NamedPath[] {
  if (!isFields(environment)) return [];
  const { conda_file: conda, build } = environment;
  const paths: NamedPath[] = typeof conda === 'string' ? [{ kind: 'conda', value: conda, at: [...at, 'conda_file'] }] : [];
  if (isFields(build) && typeof build['path'] === 'string') paths.push({ kind: 'build', value: build['path'], at: [...at, 'build', 'path'] });
  return paths;
}

const dataPath = (input: unknown, at: Place): NamedPath[] =>
  isFields(input) && typeof input['path'] === 'string' ? [{ kind: 'data', value: input['path'], at: [...at, 'path'], ...typeIn(input) }] : [];

const typeIn = ({ type }: Fields): Pick<NamedPath, 'type'> => (typeof type === 'string' ? { type } : {});

const isFields = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);

function fieldsAt(fields: Fields, key: string): Fields {
  const value = fields[key];
  return isFields(value) ? value : {};
}
