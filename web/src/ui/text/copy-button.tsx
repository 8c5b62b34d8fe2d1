import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const confirmMs = 1500;

/** Copies a text; the icon says that it worked. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), confirmMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <Tooltip label={isCopied ? 'Copied' : label}>
      <ActionIcon aria-label={label} onClick={() => void copy()}>
        {isCopied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.8} />}
      </ActionIcon>
    </Tooltip>
  );
}
