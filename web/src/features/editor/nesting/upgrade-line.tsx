import { Button } from '@mantine/core';
import { IconArrowBigUpLine } from '@tabler/icons-react';
import { memo } from 'react';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { newerOf } from './newer-of.ts';
import classes from './nesting.module.css';

/** Says in the inspector that a newer version is registered, and shows what it would change. */
export const UpgradeLine = memo(function UpgradeLine({ stepKey }: { readonly stepKey: string }) {
  const { store } = useEditor();
  const version = useEditorState((state) => newerOf(state, stepKey)?.version ?? null);
  const reference = useEditorState((state) => newerOf(state, stepKey)?.reference ?? null);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (version === null || reference === null) return null;
  return (
    <div className={classes.upgradeLine}>
      <IconArrowBigUpLine size={16} stroke={1.8} aria-hidden />
      <span className="pw-grow">Version {version} is registered.</span>
      <Button
        size="compact-xs"
        variant="light"
        disabled={isReadOnly}
        onClick={() => store.getState().open({ kind: 'nesting', dialog: { kind: 'replace', step: stepKey, reference } })}
      >
        Upgrade…
      </Button>
    </div>
  );
});
