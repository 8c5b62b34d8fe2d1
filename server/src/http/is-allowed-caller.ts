import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whoever reaches the port may do all, so a page from elsewhere must not. A name that was bent to point at us stands in
 * Host; where a request comes from, its browser says in Origin, which must be the very address that was asked (another
 * port of this machine is another program's page). Requests without an Origin are programs, links that somebody followed,
 * or a foreign page's images and scripts: of the last the browser says so.
 */
export function isAllowedCaller(headers: IncomingHttpHeaders): boolean {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !loopbackNames.has(host.replace(/:\d+$/, ''))) return false;
  if (headers.origin !== undefined) return URL.parse(headers.origin)?.host === host;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate';
}
