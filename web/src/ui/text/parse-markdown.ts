/** The Markdown that descriptions use: headings, paragraphs, lists, fenced code, and inline code, strong, emphasis and links. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: readonly MarkdownSpan[] }
  | { readonly kind: 'paragraph'; readonly text: readonly MarkdownSpan[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly MarkdownSpan[])[] }
  | { readonly kind: 'code'; readonly text: string };

export type MarkdownSpan =
  { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly href: string };

const fence = /^\s*```/;
const heading = /^(#{1,4})\s+(.*)$/;
const bullet = /^\s*[-*]\s+(.*)$/;
const numbered = /^\s*\d+[.)]\s+(.*)$/;
const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]*[^\s<>).,;:])/g;

/** Reads into data, never into HTML: what cannot be said in these blocks stays text. */
export function parseMarkdown(source: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = source.split(/\r?\n/);
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (fence.test(line)) {
      const end = lines.findIndex((other, index) => index > at && fence.test(other));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, stop).join('\n') });
      at = stop + 1;
    } else {
      const [block, next] = readTextBlock(lines, at);
      blocks.push(block);
      at = next;
    }
  }
  return blocks;
}

function readTextBlock(lines: readonly string[], at: number): readonly [MarkdownBlock, number] {
  const line = lines[at] ?? '';
  const title = heading.exec(line);
  if (title) return [{ kind: 'heading', level: title[1]?.length ?? 1, text: parseSpans(title[2] ?? '') }, at + 1];
  const marker = bullet.test(line) ? bullet : numbered.test(line) ? numbered : null;
  if (marker) return readList(lines, at, marker);
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines[end] ?? '')) end += 1;
  return [{ kind: 'paragraph', text: parseSpans(lines.slice(at, end).join(' ')) }, end];
}

function readList(lines: readonly string[], at: number, marker: RegExp): readonly [MarkdownBlock, number] {
  const items: string[] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const item = marker.exec(line);
    if (item) items.push(item[1] ?? '');
    else if (/^\s+\S/.test(line) && items.length > 0) items.push(`${items.pop()} ${line.trim()}`);
    else break;
  }
  return [{ kind: 'list', isOrdered: marker === numbered, items: items.map(parseSpans) }, end];
}

function startsBlock(line: string): boolean {
  return line.trim() === '' || [fence, heading, bullet, numbered].some((pattern) => pattern.test(line));
}

function parseSpans(text: string): MarkdownSpan[] {
  const spans: MarkdownSpan[] = [];
  let from = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > from) spans.push({ kind: 'text', text: text.slice(from, match.index) });
    spans.push(toSpan(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) });
  return spans;
}

function toSpan([whole, code, strong, emphasis, label, target, address]: RegExpMatchArray): MarkdownSpan {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis };
  const href = target ?? address ?? '';
  // Only addresses of the web: `javascript:` and its like stay text.
  if (!/^https?:\/\//.test(href)) return { kind: 'text', text: whole };
  return { kind: 'link', text: label ?? href, href };
}
