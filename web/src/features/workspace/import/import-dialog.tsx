import { Button, Modal, Textarea } from '@mantine/core';
import { IconFiles, IconFolder } from '@tabler/icons-react';
import { type DragEventHandler, useState } from 'react';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import classes from '../workspace.module.css';
import type { BroughtFile } from './brought-files.ts';
import { FileChooser } from './file-chooser.tsx';

interface ImportDialogProps {
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly onFiles: (files: readonly BroughtFile[]) => void;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  readonly onDragEnter: DragEventHandler;
}

/** Where files, folders and archives are chosen, and YAML is pasted. */
export function ImportDialog({ isOpen, isBusy, onFiles, onText, onClose, onDragEnter }: ImportDialogProps) {
  const [text, setText] = useState('');
  return (
    <Modal opened={isOpen} onClose={onClose} title="Import a pipeline" size={640} centered>
      <div className={classes.importForm} onDragEnter={onDragEnter}>
        <p className="pw-t2">
          A YAML file of Azure ML, several files, a folder or a zip with everything it names. Each pipeline in it becomes a draft. Dropping and pasting on this
          page do the same.
        </p>
        <span className="pw-row">
          <FileChooser label="Choose files or a zip" icon={IconFiles} isDisabled={isBusy} onFiles={onFiles} />
          <FileChooser label="Choose a folder" icon={IconFolder} isFolder isDisabled={isBusy} onFiles={onFiles} />
        </span>
        <Textarea
          label="Or paste YAML"
          placeholder={'type: pipeline\njobs:\n  …'}
          rows={12}
          spellCheck={false}
          classNames={{ input: classes.pasteField }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isBusy} disabled={text.trim() === ''} onClick={() => onText(text)}>
            Import the text
          </Button>
        </DialogFoot>
      </div>
    </Modal>
  );
}
