import { Tooltip } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';

interface TruncateProps {
  readonly children: ReactNode;
  /** The full text, where the children are more than text. */
  readonly full?: string;
  readonly className?: string;
}

/** One line that ends in an ellipsis; the whole text shows on hover and focus when something is cut off. */
export function Truncate({ children, full, className = '' }: TruncateProps) {
  const [text, setText] = useState<string | null>(null);
  const measure = useCallback((element: HTMLElement) => setText(element.scrollWidth > element.clientWidth ? (full ?? element.textContent) : null), [full]);
  return (
    <Tooltip label={text ?? ''} disabled={text === null}>
      <span className={`pw-clip ${className}`} onPointerEnter={(event) => measure(event.currentTarget)} onFocus={(event) => measure(event.currentTarget)}>
        {children}
      </span>
    </Tooltip>
  );
}

/** A path cut in the middle, so that its beginning and its name both stay. */
export function TruncatedPath({ path, length = 42 }: { readonly path: string; readonly length?: number }) {
  if (path.length <= length) return <span className="pw-mono">{path}</span>;
  const half = Math.floor((length - 1) / 2);
  return (
    <Tooltip label={path}>
      <span className="pw-mono">{`${path.slice(0, half)}…${path.slice(-half)}`}</span>
    </Tooltip>
  );
}
