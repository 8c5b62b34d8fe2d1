import { describe, expect, it } from 'vitest';
import type { TrackedRun } from '../store/tracking-store.ts';
import { compareBy, excludesTag, parseFilter, parseOrder } from './search-filter.ts';
import { runsSearchable, type RunFacts } from './search-runs.ts';

interface Said {
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly data?: readonly string[];
  readonly run?: Partial<TrackedRun>;
}

function facts(id: string, { metrics = {}, params = {}, tags = {}, data = [], run = {} }: Said = {}): RunFacts {
  const plain = { id, experimentId: '1', of: null, startedAt: 5, endedAt: null, status: 'RUNNING', parent: null, name: 'train', deletedAt: null };
  const logged = Object.entries(metrics).map(([name, value]) => ({ name, value, at: 1, step: 0 }));
  const links = data.map((name) => {
    const record = { dataset: { name, digest: `${name}1` }, tags: [{ key: 'mlflow.data.context', value: 'training' }] };
    return { kind: 'dataset' as const, name, record: JSON.stringify(record) };
  });
  return { run: { ...plain, ...run }, facts: { metrics: logged, params, tags, links }, artifactUri: `mlflow-artifacts:/runs/${id}` };
}

const tree = facts('1', {
  metrics: { rmse: 0.5, 'val/loss': 2 },
  params: { model: 'tree', 'max depth': '3' },
  tags: { 'mlflow.user': 'Ada', note: 'this and that' },
  data: ['iris'],
  run: { name: 'Tree', endedAt: 9, status: 'FINISHED' },
});
const child = facts('2', { metrics: { rmse: 0.7 }, run: { parent: '1' } });

describe('parseFilter', () => {
  it.each([
    ['', true, true],
    ['metrics.rmse < 0.6', true, false],
    ['metrics.rmse >= 0.7', false, true],
    ['metric.rmse != 0.7', true, false],
    ["params.model = 'tree'", true, false],
    ["parameters.model = 'TREE'", false, false],
    ["params.model ILIKE 'TR%'", true, false],
    ["params.model LIKE '%ee'", true, false],
    ["params.`max depth` = '3'", true, false],
    ['metrics."val/loss" = 2', true, false],
    ["tags.note = 'this and that' and metrics.rmse < 1", true, false],
    ["tags.mlflow.parentRunId = '1'", false, true],
    ['tags.`mlflow.user` = "Ada" AND attributes.status = \'FINISHED\'', true, false],
    ["status IN ('FINISHED', 'FAILED')", true, false],
    ["status NOT IN ('FINISHED')", false, true],
    ["run_name = 'train'", false, true],
    ['end_time > 8', true, false],
    ['metrics.absent < 1', false, false],
    ["params.model LIKE 't_ee'", true, false],
    ["params.model LIKE 'tr.e'", false, false],
    ['params.model IS NOT NULL', true, false],
    ['params.model IS NULL', false, true],
    ["dataset.name = 'iris' AND datasets.context = 'training'", true, false],
    ["dataset.digest LIKE 'iris%'", true, false],
    ["attributes.run_id IN ('1', '3')", true, false],
    ["artifact_uri LIKE '%/2'", false, true],
    ["attributes.experiment_id = '1'", true, true],
    ["tags.constructor = 'x'", false, false],
  ])('%s', (filter, first, second) => {
    const matches = parseFilter(filter, runsSearchable);
    expect([matches(tree), matches(child)]).toEqual([first, second]);
  });

  it.each([
    ['rmse below 1', /not a comparison/],
    ['attributes.colour = 1', /attribute key 'colour'/],
    ['metrics.rmse < small', /neither a number nor a text/],
    ["dataset.colour = 'x'", /no such attribute/],
    ["run_id IN 'a'", /no list/],
    ["params.a = '1' OR params.b = '2'", /neither a number nor a text/],
  ])('refuses %j', (filter, message) => {
    expect(() => parseFilter(filter, runsSearchable)).toThrow(message);
  });
});

describe('compareBy', () => {
  const ordered = (...clauses: string[]): string[] =>
    [facts('3', { metrics: { rmse: 0.7, r2: 1 } }), tree, facts('4'), child]
      .toSorted(compareBy(clauses.map((clause) => parseOrder(clause, runsSearchable))))
      .map(({ run }) => run.id);

  it('orders by one value after the other, and puts runs without it last', () => {
    expect(ordered('metrics.rmse ASC', 'metrics.r2 DESC')).toEqual(['1', '3', '2', '4']);
    expect(ordered('metrics.rmse DESC')).toEqual(['3', '2', '1', '4']);
    expect(ordered()).toEqual(['3', '1', '4', '2']);
    expect(ordered('attributes.end_time')).toEqual(['1', '3', '4', '2']);
    expect(() => parseOrder('by size please', runsSearchable)).toThrow(/cannot be ordered/);
  });
});

describe('excludesTag', () => {
  it.each([
    ['tags.`pipewright.run` IS NULL', true],
    ["metrics.rmse < 1 and tag.pipewright.run is null and params.x = 'y'", true],
    ['tags.`pipewright.run` IS NOT NULL', false],
    ['params.`pipewright.run` IS NULL', false],
    ['tags.other IS NULL', false],
    ["params.x = 'tags.pipewright.run IS NULL'", false],
    ['', false],
  ])('%s', (filter, isExcluded) => {
    expect(excludesTag(filter, 'pipewright.run')).toBe(isExcluded);
  });
});
