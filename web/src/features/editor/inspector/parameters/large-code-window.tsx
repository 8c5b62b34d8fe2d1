import { Modal } from '@mantine/core';
import { CodeField, type CodeFieldProps, type CodeLanguage } from '../../../../ui/code/code-field.tsx';
import classes from './parameters.module.css';

const titles = { python: 'Python', sql: 'SQL', yaml: 'YAML', json: 'JSON', text: 'Text' } as const satisfies Record<CodeLanguage, string>;

interface LargeCodeWindowProps {
  readonly onClose: () => void;
  readonly code: CodeFieldProps;
}

/** A text in a window that is large enough to work on it; in the page while it is open. */
export function LargeCodeWindow({ onClose, code }: LargeCodeWindowProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      // Esc is the editor's own key first: it closes what completes.
      title={`${code.label} · ${titles[code.language]}`}
      size="min(1100px, 92vw)"
      centered
      classNames={{ body: classes.largeBody ?? '' }}
    >
      <div className={classes.large}>
        <CodeField {...code} form="page" />
      </div>
    </Modal>
  );
}
