import { useQueries } from '@tanstack/react-query';
import { codeTextQuery, type CodePlace } from '../../../api/component-code.ts';
import { portsNotInCode } from '../new-step/python-step.ts';
import { EnvironmentChoice } from '../written/environment-choice.tsx';
import { PortRows } from '../written/port-rows.tsx';
import { whatIsWrongWith, type WrittenPort } from '../written/written-port.ts';
import { changeCode, useChangesOf } from './code-edits.ts';
import { CommandField } from './command-field.tsx';
import { followedCommand, followedFile, followingFiles } from './follow-ports.ts';
import type { ComponentInWork } from './use-written-component.ts';
import { ownEnvironment } from './written-component.ts';
import classes from './code.module.css';

interface InterfacePaneProps {
  readonly place: CodePlace;
  readonly component: ComponentInWork;
  /** Those of the version. */
  readonly files: readonly string[];
  readonly isReadOnly: boolean;
}

/** What a component takes and gives, where its packages come from, and its command. */
export function InterfacePane({ place, component, files, isReadOnly }: InterfacePaneProps) {
  const { before, written, write } = component;
  const { ports, command } = written;
  const { texts, areThere } = useFollowingTexts(place, files);
  // A file that is not known yet could not follow.
  const isHeld = isReadOnly || !areThere;
  const wrong = ports.map((port) => whatIsWrongWith(port, ports));
  const setPorts = (next: WrittenPort[], nextCommand = followedCommand(written, next)): void => {
    write({ ports: next, command: nextCommand });
    for (const { path, text, original } of texts) {
      const followed = followedFile(path, text, [ports, next]);
      if (followed !== null) changeCode(place, path, followed === original ? undefined : followed);
    }
  };
  const script = texts.find(({ path }) => path === 'function.py') ?? texts.find(({ path }) => path === 'main.py');
  const unspoken = script ? portsNotInCode({ code: script.text, ports: ports.filter(({ origin, name }) => origin?.name !== name) }) : [];
  return (
    <div className={classes.interface}>
      {command !== null && (
        <CommandField
          written={written}
          command={command}
          isReadOnly={isHeld}
          onChange={({ ports: fixed = ports, command: next = command }) => setPorts(fixed, next)}
        />
      )}
      <EnvironmentChoice value={written.environment} own={ownEnvironment(before)} isReadOnly={isReadOnly} onChange={(environment) => write({ environment })} />
      <div className={classes.sides}>
        {(['inputs', 'outputs'] as const).map((side) => (
          <PortRows key={side} side={side} ports={ports} wrong={wrong} isReadOnly={isHeld} onChange={(next) => setPorts(next)} />
        ))}
      </div>
      {script && unspoken.length > 0 && (
        <p className="pw-sm pw-t2">
          Not in <span className="pw-mono">{script.path}</span> yet: <span className="pw-mono">{unspoken.join(', ')}</span>
        </p>
      )}
    </div>
  );
}

/** The files that *New Python step* writes, where the component has them. */
function useFollowingTexts(place: CodePlace, files: readonly string[]) {
  const changes = useChangesOf(place);
  const paths = followingFiles.filter((path) => files.includes(path));
  const found = useQueries({ queries: paths.map((path) => codeTextQuery(place, path)) });
  const texts = paths.flatMap((path, index) => {
    const original = found[index]?.data?.text;
    const text = changes[path] === undefined ? original : changes[path];
    return typeof text === 'string' ? [{ path, text, original }] : [];
  });
  return { texts, areThere: found.every(({ isPending }) => !isPending) };
}
