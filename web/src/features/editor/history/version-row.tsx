import { ActionIcon, Menu, TextInput, VisuallyHidden } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBookmark,
  IconClockHour4,
  IconCopyPlus,
  IconDots,
  IconGitCompare,
  IconPencil,
  IconPlayerPlay,
  IconTag,
  type TablerIcon,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { useRenameVersion } from '../../../api/drafts.ts';
import { useMyName } from '../../../api/workspace.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { useComparedSource } from '../compare/use-compared-source.ts';
import { focusOnAppearing } from '../inspector/focus-on-appearing.ts';
import { formatSource } from '../model/compared-source.ts';
import type { Version } from '../model/list-versions.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useVersionActs } from './use-version-acts.ts';
import classes from './history.module.css';

const kinds = {
  named: { icon: IconBookmark, word: 'Saved' },
  run: { icon: IconPlayerPlay, word: 'At a run' },
  automatic: { icon: IconClockHour4, word: 'Kept by itself' },
  published: { icon: IconTag, word: 'Published' },
} as const satisfies Record<Version['kind'], { readonly icon: TablerIcon; readonly word: string }>;

/** One state that was kept. A press compares the draft with it; the menu has the rest. */
export function VersionRow({ version }: { readonly version: Version }) {
  const [isRenaming, setIsRenaming] = useState(false);
  /** The field was left by a key: the keyboard goes back to where it came from. */
  const [isLeftByKey, setIsLeftByKey] = useState(false);
  const [compared, compare] = useComparedSource();
  const me = useMyName();
  const { kind, title, at, by, revision, runs, source } = version;
  const { icon: Icon, word } = kinds[kind];
  const isCompared = compared !== null && formatSource(compared) === formatSource(source);
  return (
    <li className={classes.version} data-kind={kind} data-compared={isCompared || undefined}>
      {isRenaming ? (
        <NameField
          version={version}
          onEnd={(byKey) => {
            setIsLeftByKey(byKey);
            setIsRenaming(false);
          }}
        />
      ) : (
        <button type="button" className={classes.versionMain} aria-pressed={isCompared} onClick={() => compare(isCompared ? null : source)}>
          <Icon size={15} stroke={1.8} aria-hidden />
          <VisuallyHidden>Compare the draft with </VisuallyHidden>
          <span className={classes.label} title={title}>
            {title}
          </span>
          <VisuallyHidden>, {word}</VisuallyHidden>
          <span className={classes.about}>
            <RelativeTime at={at} form="second" />
            {by !== '' && <span className="pw-clip">{by === me ? 'you' : by}</span>}
            {revision !== null && <span className="pw-num">revision {revision}</span>}
          </span>
          {runs.length > 0 && (
            <span className={classes.runs}>
              {runs.map(({ id, status }) => (
                <span key={id}>
                  Run {id} <StatusWord status={status} size={12} />
                </span>
              ))}
            </span>
          )}
        </button>
      )}
      {!isRenaming && <VersionMenu version={version} takesFocus={isLeftByKey} onRename={() => setIsRenaming(true)} onCompare={() => compare(source)} />}
    </li>
  );
}

interface VersionMenuProps {
  readonly version: Version;
  readonly takesFocus: boolean;
  readonly onRename: () => void;
  readonly onCompare: () => void;
}

function VersionMenu({ version, takesFocus, onRename, onCompare }: VersionMenuProps) {
  const acts = useVersionActs();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const icon = { size: 14, stroke: 1.8 } as const;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon ref={takesFocus ? focusOnAppearing : null} className={classes.more} aria-label={`What to do with ${version.title}`}>
          <IconDots size={15} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconGitCompare {...icon} />} onClick={onCompare}>
          Compare with the draft
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowBackUp {...icon} />} disabled={isReadOnly} onClick={() => acts.restore(version)}>
          Restore
        </Menu.Item>
        {version.name !== null && (
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
            {version.name === '' ? 'Name it and keep it…' : 'Rename…'}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopyPlus {...icon} />} onClick={() => acts.openCopy(version)}>
          Open as a copy
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Enter and leaving keep the name, Esc does not. */
function NameField({ version, onEnd }: { readonly version: Version; readonly onEnd: (byKey: boolean) => void }) {
  const { draftId } = useEditor();
  const rename = useRenameVersion(draftId);
  const [text, setText] = useState(version.name ?? '');
  const isEnded = useRef(false);
  const end = (isKept: boolean, byKey: boolean): void => {
    // A browser may tell of a field that goes as of one that is left.
    if (isEnded.current) return;
    isEnded.current = true;
    onEnd(byKey);
    const name = text.trim();
    if (!isKept || name === '' || name === version.name || version.source.kind !== 'checkpoint') return;
    rename.mutate({ checkpoint: version.source.id, name }, { onError: (error) => showToast({ text: `Not renamed: ${messageOf(error)}` }) });
  };
  return (
    <TextInput
      ref={focusOnAppearing}
      className={classes.nameField}
      aria-label={`Name of ${version.title}`}
      placeholder={version.title}
      maxLength={200}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Nor is it heard by what has the keyboard next.
        event.preventDefault();
        end(event.key === 'Enter', true);
      }}
    />
  );
}
