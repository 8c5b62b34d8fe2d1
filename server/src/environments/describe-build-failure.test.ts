import { describe, expect, it } from 'vitest';
import { describeBuildFailure } from './describe-build-failure.ts';

const describeText = (text: string) => describeBuildFailure(text.split('\n'), 'The packages could not be installed');

/** What uv and pip said when each was made to fail. */
describe('describeBuildFailure', () => {
  it.each([
    [
      'error: No solution found when resolving dependencies\n  cause: Because nosuchpkg-xyz was not found in the package registry and you require nosuchpkg-xyz, we can conclude that your requirements are unsatisfiable.',
      'there is no package nosuchpkg-xyz. Look at its spelling.',
      'Because nosuchpkg-xyz was not found in the package registry and you require nosuchpkg-xyz, we can conclude that your requirements are unsatisfiable.',
    ],
    [
      '  × No solution found when resolving dependencies:\n  ╰─▶ Because there is no version of six==99 and you require six==99, we can\n      conclude that your requirements are unsatisfiable.',
      'there is no version six==99.',
      'Because there is no version of six==99 and you require six==99, we can',
    ],
    [
      'ERROR: Could not find a version that satisfies the requirement nosuchpkg (from versions: none)\nERROR: No matching distribution found for nosuchpkg',
      'there is no package nosuchpkg. Look at its spelling.',
      'ERROR: Could not find a version that satisfies the requirement nosuchpkg (from versions: none)',
    ],
    [
      'ERROR: Ignored the following versions that require a different python version: 1.6.0 Requires-Python >=3.12\nERROR: No matching distribution found for scipy==99',
      'no version that fits scipy==99 has a build for this Python.',
      'ERROR: Ignored the following versions that require a different python version: 1.6.0 Requires-Python >=3.12',
    ],
    [
      'error: No solution found when resolving dependencies\n  cause: Because tensorflow==1.15.0 has no wheels with a matching Python ABI tag (e.g., `cp311`) and you require tensorflow==1.15, we can conclude that your requirements are unsatisfiable.',
      'tensorflow==1.15.0 has no build for this Python.',
      'Because tensorflow==1.15.0 has no wheels with a matching Python ABI tag (e.g., `cp311`) and you require tensorflow==1.15, we can conclude that your requirements are unsatisfiable.',
    ],
    [
      'error: Failed to fetch: https://index.example.org/simple/six/\n  cause: error sending request\n  cause: dns error',
      'the package index could not be reached. Look at the network, or at the settings of pip.',
      'error: Failed to fetch: https://index.example.org/simple/six/',
    ],
    ['error: Failed to parse: `six===`\n  cause: Unexpected end of version specifier', '"six===" is not a requirement.', 'error: Failed to parse: `six===`'],
    [
      'error: failed to copy file: No space left on device (os error 28)',
      'the disk is full.',
      'error: failed to copy file: No space left on device (os error 28)',
    ],
    [
      'ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit',
      'the requirements exclude each other.',
      'ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.',
    ],
  ])('says of\n%s\n%s', (text, cause, firstError) => {
    expect(describeText(text)).toMatchObject({ message: `The packages could not be installed: ${cause}`, firstError });
  });

  it('shows what was said last where it does not know the cause', () => {
    expect(describeText('working\nsegmentation fault')).toEqual({
      message: 'The packages could not be installed.',
      firstError: 'segmentation fault',
      lines: ['working', 'segmentation fault'],
    });
    expect(describeBuildFailure([], 'Nothing')).toEqual({ message: 'Nothing.', firstError: undefined, lines: [] });
  });
});
