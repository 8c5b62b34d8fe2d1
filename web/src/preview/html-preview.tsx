import classes from './preview.module.css';

interface HtmlPreviewProps {
  readonly text: string;
  readonly title: string;
}

/** A report in a frame of its own that may do nothing: no scripts, no forms, nothing of this page. */
export function HtmlPreview({ text, title }: HtmlPreviewProps) {
  return <iframe className={classes.frame} sandbox="" srcDoc={text} title={title} />;
}
