import { describe, expect, it } from 'vitest';
import { decimalOf, numberOf, readByOlderYaml, truthOf } from './older-yaml.ts';

// What azure-ai-ml 1.35 with PyYAML 6 made of each of these.
describe('a value without quotes, as Azure’s tools read it', () => {
  it.each([
    ['yes', true],
    ['Yes', true],
    ['YES', true],
    ['on', true],
    ['true', true],
    ['no', false],
    ['Off', false],
    ['y', null],
    ['n', null],
    ['yEs', null],
    ['1', null],
    ['', null],
  ])('%s as a truth value is %j', (text, value) => {
    expect(truthOf(text)).toBe(value);
  });

  it.each([
    ['0755', 493],
    ['-017', -15],
    ['0_1', 1],
    ['0', 0],
    ['09', 9],
    ['0o755', 493],
    ['0b11', 3],
    ['0x1F', 31],
    ['1_000', 1000],
    ['1_0.5', 10.5],
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1.5e+3', 1500],
    ['1:30', 90],
    ['-1:30', -90],
    ['1:30:00', 5400],
    ['12:30:45.5', 45_045.5],
    ['1:60', null],
    ['.inf', null],
    ['.nan', null],
    ['1e999', null],
    ['', null],
    ['_', null],
    ['0x', null],
    ['2024-01-01', null],
  ])('%s as a number is %j', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each([
    ['010', 10],
    ['-0755', -755],
    [' 1.5e3 ', 1500],
    ['0x1F', 31],
    ['1:30', null],
    ['1_000', null],
    ['1e999', null],
    ['', null],
  ])('%s as a decimal number is %j', (text, value) => {
    expect(decimalOf(text)).toBe(value);
  });

  it.each([
    ['yes', { kind: 'truth', value: true }],
    ['0755', { kind: 'number', value: 493 }],
    ['1_000', { kind: 'number', value: 1000 }],
    ['1:30', { kind: 'number', value: 90 }],
    ['2024-01-01', { kind: 'date' }],
    ['2024-1-1 10:00:00', { kind: 'date' }],
    ['2024-01-01T10:00:00.5Z', { kind: 'date' }],
    ['.inf', { kind: 'no-number' }],
    ['-.INF', { kind: 'no-number' }],
    ['.NaN', { kind: 'no-number' }],
    ['2024-1-1', null],
    ['0o755', null],
    ['09', null],
    ['1e5', null],
    ['y', null],
    ['two words', null],
  ])('%s without a declared type is %j', (text, reading) => {
    expect(readByOlderYaml(text)).toEqual(reading);
  });
});
