import { expect, it } from 'vitest';
import { usePreferences } from './preferences.ts';

it('keeps what another window has set, of the same kind too', () => {
  const { setPanelSize, togglePin, setDensity } = usePreferences.getState();
  setPanelSize('outline', 300.4);
  togglePin('train');
  setDensity('compact');
  localStorage.setItem('pipewright.preferences', JSON.stringify({ panelSizes: { log: 200 }, pinnedComponents: ['score'], isSnapping: false }));
  dispatchEvent(new StorageEvent('storage', { key: 'pipewright.preferences', storageArea: localStorage }));
  const both = { panelSizes: { log: 200, outline: 300 }, pinnedComponents: ['score', 'train'], isSnapping: false, density: 'compact' };
  expect(usePreferences.getState()).toMatchObject(both);
  dispatchEvent(new Event('pagehide'));
  expect(JSON.parse(localStorage.getItem('pipewright.preferences') ?? '')).toMatchObject(both);
  togglePin('score');
  expect(usePreferences.getState().pinnedComponents).toEqual(['train']);
});
