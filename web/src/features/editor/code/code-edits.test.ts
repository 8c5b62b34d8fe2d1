import { longestCodeText } from '@pipewright/shared/http/component-code.ts';
import { expect, it } from 'vitest';
import { changeCode, forgetCode, useCodeEdits, whyNoVersion } from './code-edits.ts';

const storageKey = 'pipewright.code-edits';
const place = { draft: 'd', component: 'azureml:says:1' };
const leavePage = (): boolean => dispatchEvent(new Event('pagehide'));
const stored = (): unknown => JSON.parse(localStorage.getItem(storageKey) ?? '{}');

it('keeps what another window writes: in other files, and of other components', () => {
  changeCode(place, 'say.py', 'print(2)');
  localStorage.setItem(storageKey, JSON.stringify({ 'd azureml:says:1': { 'more.py': null }, 'd azureml:other:1': { 'a.py': 'a' } }));
  leavePage();
  const both = { 'd azureml:says:1': { 'say.py': 'print(2)', 'more.py': null }, 'd azureml:other:1': { 'a.py': 'a' } };
  expect([stored(), useCodeEdits.getState().value]).toEqual([both, both]);
  changeCode(place, 'say.py', undefined);
  forgetCode({ ...place, component: 'azureml:other:1' });
  leavePage();
  expect(stored()).toEqual({ 'd azureml:says:1': { 'more.py': null } });
});

it('keeps what is too long for a version, and says so; what is no text takes nothing else away', () => {
  const long = 'x'.repeat(longestCodeText + 1);
  const hear = (value: unknown): void => {
    localStorage.setItem(storageKey, JSON.stringify(value));
    dispatchEvent(new StorageEvent('storage', { key: storageKey, storageArea: localStorage }));
  };
  hear({ 'd azureml:says:1': { 'long.py': long, 'say.py': 'print(2)', 'odd.py': 7 }, 'd azureml:other:1': 'odd' });
  expect(useCodeEdits.getState().value).toEqual({ 'd azureml:says:1': { 'long.py': long, 'say.py': 'print(2)' } });
  expect(whyNoVersion({ 'long.py': long })).toMatch(/^long\.py is too long/);
  expect(whyNoVersion({ 'say.py': 'print(2)' })).toBeNull();
});
