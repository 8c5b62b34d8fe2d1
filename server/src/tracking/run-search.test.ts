import { describe, expect, it } from 'vitest';
import { RunId } from '@pipewright/shared/ids.ts';
import { compareBy, parseFilter, parseOrder, type RunFacts } from './run-search.ts';

function facts(id: string, more: Partial<Omit<RunFacts, 'run'>> & { readonly run?: Partial<RunFacts['run']> } = {}): RunFacts {
  const run = {
    id,
    runId: RunId.parse('1'),
    step: 'train',
    attempt: 1,
    experiment: 'e',
    startedAt: 5,
    endedAt: null,
    status: 'RUNNING',
    parent: null,
    name: '',
    ...more.run,
  };
  return { metrics: {}, params: {}, tags: {}, ...more, run };
}

const tree = facts('1', {
  metrics: { rmse: 0.5, 'val/loss': 2 },
  params: { model: 'tree', 'max depth': '3' },
  tags: { 'mlflow.user': 'Ada', note: 'this and that' },
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
  ])('%s', (filter, first, second) => {
    const matches = parseFilter(filter);
    expect([matches(tree), matches(child)]).toEqual([first, second]);
  });

  it.each([
    ['rmse below 1', /not a comparison/],
    ['attributes.colour = 1', /no attribute 'colour'/],
    ['metrics.rmse < small', /neither a number nor a text/],
  ])('refuses %j', (filter, message) => {
    expect(() => parseFilter(filter)).toThrow(message);
  });
});

describe('compareBy', () => {
  const ordered = (...clauses: string[]): string[] =>
    [facts('3', { metrics: { rmse: 0.7, r2: 1 } }), tree, facts('4'), child].toSorted(compareBy(clauses.map(parseOrder))).map(({ run }) => run.id);

  it('orders by one value after the other, and puts runs without it last', () => {
    expect(ordered('metrics.rmse ASC', 'metrics.r2 DESC')).toEqual(['1', '3', '2', '4']);
    expect(ordered('metrics.rmse DESC')).toEqual(['3', '2', '1', '4']);
    expect(ordered()).toEqual(['3', '1', '4', '2']);
    expect(ordered('attributes.end_time')).toEqual(['1', '3', '4', '2']);
    expect(() => parseOrder('by size please')).toThrow(/cannot be ordered/);
  });
});
