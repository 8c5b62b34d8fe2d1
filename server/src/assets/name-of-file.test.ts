import { expect, it } from 'vitest';
import { nameOfFile } from './name-of-file.ts';

const nothingElse = { find: async () => undefined };

it.each([
  ['/data/cars.csv', 'cars.csv'],
  ['file:///data/my%20cars.csv', 'my cars.csv'],
  ['file:///data/a%2Fb.csv', 'b.csv'],
  // From before such addresses were refused.
  ['mlflow-artifacts:/1/run/artifacts/100%.pkl', '100%.pkl'],
  ['/', 'cars'],
  ['/data/..', 'cars'],
])('the file at %s is called %s', async (path, name) => {
  expect(await nameOfFile(nothingElse, { name: 'cars', type: 'uri_file', path })).toBe(name);
});
