import { expect, it } from 'vitest';
import { changeCode, forgetCode, useCodeEdits } from './code-edits.ts';

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
