import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { describe, expect, it } from 'vitest';
import { componentOfStep, emptyStep } from '../new-step/python-step.ts';
import { newPort } from '../written/written-port.ts';
import { followedCommand, followedFile } from './follow-ports.ts';
import { changedComponent, changesOf, writtenOf } from './written-component.ts';

describe('a component that New Python step has made', () => {
  const { component, files } = componentOfStep(emptyStep, 'mine');
  const written = writtenOf(CommandComponent.parse(JSON.parse(JSON.stringify(component))));
  const next = [...written.ports, newPort('inputs', 'rate', 'number')];

  it('has its command and its files follow its ports, as if they had been there at once', () => {
    const { component: wanted, files: wantedFiles } = componentOfStep({ ...emptyStep, ports: next }, 'mine');
    expect(followedCommand(written, next)).toBe(wanted.command);
    for (const path of ['main.py', 'function.py']) expect(followedFile(path, files[path] ?? '', [written.ports, next])).toBe(wantedFiles[path]);
    const changes = changesOf(component, { ...written, ports: next, command: wanted.command });
    expect(changes && changedComponent(component, changes)).toMatchObject({ inputs: wanted.inputs, command: wanted.command });
  });

  it('keeps what somebody wrote', () => {
    expect(followedCommand({ ...written, command: 'python mine.py' }, next)).toBe('python mine.py');
    expect(followedFile('function.py', 'def run(**all): pass', [written.ports, next])).toBeNull();
    expect(followedFile('other.py', files['main.py'] ?? '', [written.ports, next])).toBeNull();
  });
});
