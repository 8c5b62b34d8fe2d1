import { Button } from '@mantine/core';
import type { IconFolder } from '@tabler/icons-react';
import { useRef } from 'react';
import { type BroughtFile, filesOfList } from './brought-files.ts';

interface FileChooserProps {
  readonly label: string;
  readonly icon: typeof IconFolder;
  readonly isFolder?: boolean;
  readonly isDisabled?: boolean;
  readonly onFiles: (files: readonly BroughtFile[]) => void;
}

/** A button that opens the browser's own chooser, of files or of a folder. */
export function FileChooser({ label, icon: Icon, isFolder = false, isDisabled = false, onFiles }: FileChooserProps) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <>
      <Button variant="default" leftSection={<Icon size={16} stroke={1.8} />} disabled={isDisabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          // React does not know it.
          if (isFolder) element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          onFiles(filesOfList(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
