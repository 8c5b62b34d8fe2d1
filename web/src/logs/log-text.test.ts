// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { findErrorLine, findInLog, matchLimit } from './find-in-log.ts';
import { createLogBuffer } from './log-buffer.ts';
import { piecesOf } from './log-pieces.ts';
import { parseAnsi, stripAnsi } from './parse-ansi.ts';
import { splitMatches } from './split-matches.ts';

const esc = '\u001B[';

describe('createLogBuffer', () => {
  it('puts lines together from pieces that end anywhere', () => {
    const buffer = createLogBuffer();
    buffer.append('one\ntw');
    expect(buffer.lines).toEqual(['one', 'tw']);
    const before = buffer.lines;
    buffer.append('o\n');
    expect(buffer.lines).toEqual(['one', 'two']);
    expect(before).toEqual(['one', 'tw']);
    buffer.append('\nthree');
    expect(buffer.lines).toEqual(['one', 'two', '', 'three']);
  });

  it('shows the last state of a progress bar, and no carriage returns of Windows', () => {
    const buffer = createLogBuffer();
    buffer.append('10 %\r50 %\r');
    buffer.append('100 %\r\ndone\r\n');
    expect(buffer.lines).toEqual(['100 %', 'done']);
  });

  it('begins again when cleared', () => {
    const buffer = createLogBuffer();
    buffer.append('half a li');
    buffer.clear();
    buffer.append('ne\n');
    expect(buffer.lines).toEqual(['ne']);
  });
});

describe('parseAnsi', () => {
  it('gives spans of one look each', () => {
    expect(parseAnsi(`${esc}36mINFO${esc}0m rows ${esc}1;31mbad${esc}22m still red`)).toEqual([
      { text: 'INFO', colour: 'cyan', isBold: false },
      { text: ' rows ', colour: null, isBold: false },
      { text: 'bad', colour: 'red', isBold: true },
      { text: ' still red', colour: 'red', isBold: false },
    ]);
  });

  it('passes over colours it does not draw and sequences that move the cursor', () => {
    expect(parseAnsi(`${esc}38;5;196mx${esc}2K${esc}38;2;1;2;3my`)).toEqual([
      { text: 'x', colour: null, isBold: false },
      { text: 'y', colour: null, isBold: false },
    ]);
    expect(stripAnsi(`${esc}32mok${esc}0m`)).toBe('ok');
  });
});

describe('finding', () => {
  const lines = [`train_${esc}2mRMSE${esc}0m 1, val_rmse 2`, 'nothing', 'rmse'];

  it('looks through the text as it is shown, whatever the case', () => {
    expect(findInLog(lines, 'rmse')).toEqual([
      { line: 0, start: 6, end: 10 },
      { line: 0, start: 18, end: 22 },
      { line: 2, start: 0, end: 4 },
    ]);
    expect(findInLog(lines, '')).toEqual([]);
  });

  it('stops where nobody would go on', () => {
    expect(
      findInLog(
        Array.from({ length: matchLimit + 10 }, () => 'x'),
        'x',
      ),
    ).toHaveLength(matchLimit);
  });

  it('finds the line of the first error', () => {
    expect(findErrorLine(['Traceback', `${esc}31mKeyError: 'x'${esc}0m`], "KeyError: 'x'")).toBe(1);
    expect(findErrorLine(['Traceback'], "KeyError: 'x'")).toBe(-1);
    expect(findErrorLine(['Traceback'], undefined)).toBe(-1);
    expect(findErrorLine(['$ echo KeyError', 'a KeyError'], 'KeyError', 1)).toBe(1);
    expect(findErrorLine(['may raise KeyError', '  KeyError'], 'KeyError')).toBe(1);
  });
});

describe('what is ours in a log', () => {
  const [before, own, after] = ['größe = 1\n$ train\n', 'epoch 1\nepo', '\nended\n'];
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  const size = bytes(before + own + after);
  const [stepFrom, stepTo] = [bytes(before), bytes(before + own)];

  it('is told from what the step wrote, wherever the log is cut', () => {
    const whole = before + own + after;
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const buffer = createLogBuffer();
      let offset = 0;
      for (const text of [whole.slice(0, cut), whole.slice(cut)]) {
        const nextOffset = offset + bytes(text);
        for (const piece of piecesOf({ offset, nextOffset, stepFrom, stepTo, text })) buffer.append(piece.text, piece.isOurs);
        offset = nextOffset;
      }
      expect([offset, buffer.lines, buffer.stepFrom, buffer.stepTo]).toEqual([size, ['größe = 1', '$ train', 'epoch 1', 'epo', 'ended'], 2, 4]);
    }
  });

  it('is also told where the step wrote what is no text', () => {
    const text = `${before}\uFFFD\n${after}`;
    const part = { offset: 0, nextOffset: stepFrom + 2 + bytes(after), stepFrom, stepTo: stepFrom + 2, text };
    expect(piecesOf(part)).toEqual([
      { text: before, isOurs: true },
      { text: '\uFFFD\n', isOurs: false },
      { text: after, isOurs: true },
    ]);
  });
});

describe('splitMatches', () => {
  it('marks a match that begins in one colour and ends in another', () => {
    const spans = parseAnsi(`a${esc}31mbc${esc}0md`);
    const match = { line: 0, start: 1, end: 4 };
    expect(splitMatches(spans, [match], match).map(({ text, mark, colour }) => [text, mark, colour])).toEqual([
      ['a', 'none', null],
      ['bc', 'current', 'red'],
      ['d', 'current', null],
    ]);
  });
});
