import type { ReactNode } from 'react';
import { Markdown } from '../../../ui/text/markdown.tsx';
import classes from './palette.module.css';

interface PaletteCardProps {
  readonly mark: ReactNode;
  readonly title: string;
  readonly name: string;
  /** Which of that name it is. */
  readonly version: ReactNode;
  /** Markdown, of which the first paragraph is shown. */
  readonly description: string;
  readonly children: ReactNode;
}

/** What something in the palette is, and what people say of it. */
export function PaletteCard({ mark, title, name, version, description, children }: PaletteCardProps) {
  const firstParagraph = description.split(/\n\s*\n/)[0] ?? '';
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        {mark}
        <div className="pw-grow">
          <b>{title}</b>
          <div className="pw-xs pw-muted pw-clip">
            <span className="pw-mono">{name}</span> · {version}
          </div>
        </div>
      </div>
      {firstParagraph !== '' && (
        <div className="pw-sm pw-t2">
          <Markdown source={firstParagraph} />
        </div>
      )}
      {children}
    </div>
  );
}
