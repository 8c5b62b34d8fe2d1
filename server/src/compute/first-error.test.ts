import { describe, expect, it } from 'vitest';
import { findFirstError } from './first-error.ts';

const first = (text: string): string | undefined => findFirstError(text.split('\n'));

describe('findFirstError', () => {
  it('takes the error of a Python traceback, not a line of its source', () => {
    const text = `loading
Traceback (most recent call last):
  File "train.py", line 3, in <module>
    raise ValueError("error: in source")
ValueError: could not convert string to float: '?'
cleaning up`;
    expect(first(text)).toBe("ValueError: could not convert string to float: '?'");
  });

  it('takes the cause of chained errors', () => {
    const text = `Traceback (most recent call last):
  File "a.py", line 1, in <module>
    d['x']
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 3, in <module>
    raise RuntimeError('no x')
RuntimeError: no x`;
    expect(first(text)).toBe("KeyError: 'x'");
  });

  it('reads errors without a message, from packages, and with colours', () => {
    expect(first('Traceback (most recent call last):\n  File "a.py"\n    assert False\nAssertionError')).toBe('AssertionError');
    expect(first('Traceback (most recent call last):\n  File "a.py"\nmy.pkg.NoLuck: bad day')).toBe('my.pkg.NoLuck: bad day');
    expect(first('\u001B[31mERROR: \u001B[0mNo matching distribution')).toBe('ERROR: No matching distribution');
  });

  it('reads a traceback that a logger indented', () => {
    expect(first('  Traceback (most recent call last):\n    File "a.py", line 1\n  OSError: disk')).toBe('OSError: disk');
  });

  it.each([
    ['bash: line 1: trane: command not found', 'bash: line 1: trane: command not found'],
    ["python: can't open file\ncat: data.csv: No such file or directory", 'cat: data.csv: No such file or directory'],
    ['train.py: error: argument --rate: invalid float value', 'train.py: error: argument --rate: invalid float value'],
    ['12:00:01 starting\n[ERROR] no space', '[ERROR] no space'],
    ['fatal error: boom.h: not there', 'fatal error: boom.h: not there'],
    ['Error: Cannot find module', 'Error: Cannot find module'],
  ])('finds what programs say: %s', (text, expected) => {
    expect(first(text)).toBe(expected);
  });

  it('finds nothing where nothing is said', () => {
    expect(first('epoch 1 error 0.25\nmean error: 3\nno errors\ndone')).toBeUndefined();
    expect(findFirstError([])).toBeUndefined();
  });
});
