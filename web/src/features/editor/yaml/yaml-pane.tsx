import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { CopyButton } from '../../../ui/text/copy-button.tsx';
import { saveFile } from '../../../ui/text/save-file.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import { useYamlFacts } from './help/use-yaml-facts.ts';
import { yamlHelp } from './help/yaml-help.ts';
import { YamlEditor } from './yaml-editor.tsx';
import { YamlSession } from './yaml-session.ts';
import { YamlStatus } from './yaml-status.tsx';
import classes from './yaml.module.css';

/** The open text of a draft with what can be done with it. */
export function YamlPane() {
  const { store } = useEditor();
  const [session, setSession] = useState<YamlSession | null>(null);
  useEffect(() => {
    const opened = new YamlSession(store);
    setSession(opened);
    return () => opened[Symbol.dispose]();
  }, [store]);
  return session && <OpenText session={session} />;
}

function OpenText({ session }: { readonly session: YamlSession }) {
  const title = useEditorState(selectTitle);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  // The text as it stands is only needed when it is copied; each state of it is another one.
  useStore(session.state);
  const facts = useYamlFacts();
  const help = useMemo(() => yamlHelp(facts), [facts]);
  return (
    <>
      <header className={classes.head}>
        <YamlStatus session={session} />
        <span className="pw-grow" />
        <CopyButton text={session.text} label="Copy the YAML" />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.8} />}
          onClick={() => saveFile(new Blob([session.text], { type: 'application/yaml' }), fileName(title))}
        >
          Download
        </Button>
      </header>
      <div className={classes.text}>
        <YamlEditor session={session} label={`YAML of ${title}`} isReadOnly={isReadOnly} help={help} />
      </div>
    </>
  );
}

const fileName = (title: string): string =>
  `${
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'pipeline'
  }.yml`;
