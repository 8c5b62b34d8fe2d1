import { Button } from '@mantine/core';
import { IconCode, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { codeQuery } from '../../../api/component-code.ts';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { countOf, formatBytes } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useChangesOf } from './code-edits.ts';
import { useWrittenAt } from './component-edits.ts';
import { codedComponentOf, codeFolderOf } from './code-place.ts';
import classes from './code.module.css';

/** `.` is the folder of the component's own file, which has no name here. */
const placeOf = (folder: string | null): string => (folder === null ? 'none' : /^\.?\/?$/.test(folder) ? 'beside its component' : folder);

/** The files that the step runs with: looked at, and changed into the next version of its component. */
export const CodeSection = memo(function CodeSection({ stepKey }: { readonly stepKey: string }) {
  const { draftId } = useEditor();
  const reference = useEditorState((state) => codedComponentOf(state, stepKey)?.reference ?? null);
  const folder = useEditorState((state) => {
    const coded = codedComponentOf(state, stepKey);
    return coded && codeFolderOf(coded);
  });
  const place = { draft: draftId, component: reference ?? '' };
  const changed = Object.keys(useChangesOf(place)).length;
  const isInterfaceChanged = useWrittenAt(place) !== null;
  if (reference === null) return null;
  return (
    <Section title="Code" isOpenAtFirst={false} summary={summaryOf(changed, isInterfaceChanged) ?? placeOf(folder)}>
      <FilesOfStep stepKey={stepKey} component={reference} />
    </Section>
  );
});

function summaryOf(files: number, isInterfaceChanged: boolean): string | null {
  if (files > 0) return `${countOf(files, 'file')} changed, no version yet`;
  return isInterfaceChanged ? 'its inputs, outputs or command changed, no version yet' : null;
}

const shownFiles = 8;

function FilesOfStep({ stepKey, component }: { readonly stepKey: string; readonly component: string }) {
  const { store, draftId } = useEditor();
  const place = { draft: draftId, component };
  const { data, error } = useQuery(codeQuery(place));
  const changes = useChangesOf(place);
  const open = (file: string | null): void => store.getState().open({ kind: 'code', step: stepKey, file });
  if (error && !data) return <Refusal>{messageOf(error)}</Refusal>;
  if (!data) return <SkeletonRows count={2} height={24} />;
  const files = data.files;
  return (
    <div className={classes.section}>
      {files.length === 0 && <p className="pw-sm pw-muted">No files: its command is all there is.</p>}
      <ul aria-label="Files of the code">
        {files.slice(0, shownFiles).map(({ path, sizeBytes }) => (
          <li key={path}>
            <button type="button" className={classes.file} title={path} onClick={() => open(path)}>
              <span className="pw-mono pw-clip">{path}</span>
              <span className={classes.size}>{Object.hasOwn(changes, path) ? 'changed' : formatBytes(sizeBytes)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.acts}>
        <Button size="xs" variant="default" leftSection={<IconCode size={14} stroke={1.8} />} onClick={() => open(null)}>
          {files.length > shownFiles ? `Open all ${files.length} files…` : 'Open the code…'}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlugConnected size={14} stroke={1.8} />}
          onClick={() => store.getState().open({ kind: 'code', step: stepKey, file: null, part: 'interface' })}
        >
          Inputs, outputs, command…
        </Button>
      </div>
    </div>
  );
}
