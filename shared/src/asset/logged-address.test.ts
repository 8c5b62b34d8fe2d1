import { describe, expect, it } from 'vitest';
import { parseLoggedAddress } from './logged-address.ts';

const id = '0123456789abcdef0123456789abcdef';
const version = (name: string, at: object) => ({ kind: 'version', reference: { name, at, kind: 'model' } });

describe('parseLoggedAddress', () => {
  it.each([
    [`runs:/${id}/model`, { kind: 'run', run: id, path: 'model' }],
    [`runs:/${id}/nets/a b/MLmodel`, { kind: 'run', run: id, path: 'nets/a b/MLmodel' }],
    [`runs:///${id}//model/`, { kind: 'run', run: id, path: 'model/' }],
    [`models:/m-${id}`, { kind: 'logged-model', model: `m-${id}` }],
    [`models:///m-${id}`, { kind: 'logged-model', model: `m-${id}` }],
    ['models:/churn/3', version('churn', { version: '3' })],
    ['models:///churn/3', version('churn', { version: '3' })],
    ['models:/churn/latest', version('churn', { label: 'latest' })],
    ['models:/churn@champion', version('churn', { label: 'champion' })],
    // A name may look like an id.
    [`models:/m-${id}/1`, version(`m-${id}`, { version: '1' })],
  ])('%s', (text, address) => {
    expect(parseLoggedAddress(text)).toEqual(address);
  });

  it.each([
    `runs:/${id}`,
    `runs:/${id}/`,
    `runs:${id}/model`,
    `runs:/${id.toUpperCase()}/model`,
    `runs:/${id}0/model`,
    'runs:/busy_owl_12/model',
    'runs:/',
    'runs:',
    'models:',
    'models:/',
    'models:/churn',
    'models:/churn/',
    'models:/churn@',
    'models:/churn/3/data',
    'models:/m-0123',
    'models:churn/3',
  ])('%s begins like an address and is none', (text) => {
    expect(parseLoggedAddress(text)).toEqual({ kind: 'wrong', message: expect.stringContaining(text) });
  });

  it.each(['', 'run:3/model', `azureml://jobs/3/outputs/model`, 'azureml:churn:3', './models:/churn/3', '/runs:/x', 'mlflow-artifacts:/runs/x', 'Runs:/x'])(
    '%j is something else',
    (text) => {
      expect(parseLoggedAddress(text)).toBeNull();
    },
  );
});
