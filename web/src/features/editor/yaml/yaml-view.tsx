import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CodeField } from '../../../ui/code/code-field.tsx';
import { CopyButton } from '../../../ui/text/copy-button.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import classes from './yaml.module.css';

/** The document as a file: what `export` writes and `run` takes. The writer and the editor load when it is opened. */
export function YamlView() {
  const content = useEditorState((state) => state.content);
  const title = useEditorState(selectTitle);
  const { data: text } = useQuery({
    queryKey: ['pipeline-yaml', content],
    queryFn: async () => (await import('@pipewright/shared/yaml/write-pipeline.ts')).writePipeline(content),
    // Keyed by the content itself: it is only ever asked for once, and forgotten with the view.
    queryKeyHashFn: () => hashOf(content),
    gcTime: 0,
  });
  return (
    <section className={classes.view} aria-label="YAML" data-pane tabIndex={-1}>
      <header className={classes.head}>
        <span className="pw-sm pw-t2">Read-only: edit in Design, or run this file with the command line.</span>
        <span className="pw-grow" />
        <CopyButton text={text ?? ''} label="Copy the YAML" />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.8} />}
          disabled={text === undefined}
          onClick={() => download(fileName(title), text ?? '')}
        >
          Download
        </Button>
      </header>
      <div className={classes.text}>{text !== undefined && <CodeField label={`YAML of ${title}`} language="yaml" form="page" isReadOnly value={text} />}</div>
    </section>
  );
}

const hashes = new WeakMap<object, string>();
let nextHash = 0;

/** Contents are never changed in place, so each object is a key of its own. */
function hashOf(content: object): string {
  const known = hashes.get(content);
  if (known !== undefined) return known;
  nextHash += 1;
  hashes.set(content, `pipeline-yaml ${nextHash}`);
  return `pipeline-yaml ${nextHash}`;
}

const fileName = (title: string): string =>
  `${
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'pipeline'
  }.yml`;

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
