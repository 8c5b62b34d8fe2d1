import { isCodePath, type CodeChanges } from '@pipewright/shared/http/component-code.ts';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './code.module.css';

interface CodeFilesProps {
  /** Those of the version. */
  readonly files: readonly string[];
  readonly changes: CodeChanges;
  /** Null: none of them, but what the component says of itself. */
  readonly current: string | null;
  readonly isInterfaceChanged: boolean;
  readonly isReadOnly: boolean;
  readonly onShow: (path: string | null) => void;
  readonly onChange: (path: string, text: string | null | undefined) => void;
}

const words = { added: 'new', changed: 'changed', removed: 'removed', same: '' } as const;

/** What the component says of itself, and what stands in the folder of its code, with what is changed in it. */
export function CodeFiles({ files, changes, current, isInterfaceChanged, isReadOnly, onShow, onChange }: CodeFilesProps) {
  const all = [...new Set([...files, ...Object.keys(changes)])].toSorted((a, b) => (a < b ? -1 : 1));
  return (
    <div className={classes.files}>
      <button
        type="button"
        className={classes.file}
        aria-current={current === null || undefined}
        data-fate={isInterfaceChanged ? 'changed' : 'same'}
        onClick={() => onShow(null)}
      >
        <span className="pw-clip">Inputs, outputs, command</span>
        <span className={classes.size}>{isInterfaceChanged ? 'changed' : ''}</span>
      </button>
      <ul aria-label="Files">
        {all.map((path) => {
          const fate = fateOf(path, files, changes);
          return (
            <li key={path} className={classes.row}>
              <button
                type="button"
                className={classes.file}
                aria-current={path === current || undefined}
                data-fate={fate}
                title={path}
                onClick={() => onShow(path)}
              >
                <span className="pw-mono pw-clip">{path}</span>
                <span className={classes.size}>{words[fate]}</span>
              </button>
              {!isReadOnly && (
                <Tooltip label={fate === 'same' ? `Remove ${path}` : `Take back what was done to ${path}`}>
                  <ActionIcon
                    className={classes.tool}
                    aria-label={fate === 'same' ? `Remove ${path}` : `Take back what was done to ${path}`}
                    onClick={() => onChange(path, fate === 'same' ? null : undefined)}
                  >
                    {fate === 'same' ? <IconTrash size={14} stroke={1.8} /> : <IconArrowBackUp size={14} stroke={1.8} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          );
        })}
      </ul>
      {!isReadOnly && <NewFile taken={all} onAdd={(path) => (onChange(path, ''), onShow(path))} />}
    </div>
  );
}

function fateOf(path: string, files: readonly string[], changes: CodeChanges): keyof typeof words {
  if (!Object.hasOwn(changes, path)) return 'same';
  if (changes[path] === null) return 'removed';
  return files.includes(path) ? 'changed' : 'added';
}

function NewFile({ taken, onAdd }: { readonly taken: readonly string[]; readonly onAdd: (path: string) => void }) {
  const [path, setPath] = useState('');
  const name = path.trim();
  const wrong =
    name === ''
      ? null
      : !isCodePath(name)
        ? 'A path in this folder, with /'
        : taken.includes(name)
          ? 'There is one already'
          : taken.some((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`))
            ? 'A file cannot lie in a file'
            : null;
  const add = (): void => {
    if (name === '' || wrong !== null) return;
    onAdd(name);
    setPath('');
  };
  return (
    <TextInput
      size="xs"
      aria-label="Name of a new file"
      placeholder="new_file.py"
      classNames={{ input: 'pw-mono' }}
      value={path}
      error={wrong}
      rightSection={
        <ActionIcon aria-label="Add the file" disabled={name === '' || wrong !== null} onClick={add}>
          <IconPlus size={14} stroke={1.8} />
        </ActionIcon>
      }
      onChange={(event) => setPath(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        add();
      }}
    />
  );
}
