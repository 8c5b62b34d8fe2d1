import classes from './preview.module.css';

interface TextPreviewProps {
  readonly text: string;
  readonly isTruncated: boolean;
}

export function TextPreview({ text, isTruncated }: TextPreviewProps) {
  return (
    <div className={classes.scroll}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre className={classes.text} tabIndex={0}>
        {text}
      </pre>
      {isTruncated && <p className={classes.remark}>Only the beginning is shown. Download the file for all of it.</p>}
    </div>
  );
}
