import { expect, it } from 'vitest';
import { describeOrigin } from './describe-origin.ts';

it('says of a draft what it was made of', () => {
  expect(describeOrigin('gallery:fuel-economy')).toBe('from gallery/fuel-economy');
  expect(describeOrigin('run:42')).toBe('from run 42');
  expect(describeOrigin('file:/home/ada/projects/taxi/pipeline.yml')).toBe('from taxi/pipeline.yml');
  expect(describeOrigin('pipeline:taxi:2')).toBe('from pipeline:taxi:2');
});
