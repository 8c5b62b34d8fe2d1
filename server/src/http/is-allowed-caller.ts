const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whoever reaches the port may do all, so a page from elsewhere must not: its browser says where it comes from in
 * Origin, and a name that was bent to point at us stands in Host. Programs that send no Origin pass.
 */
export function isAllowedCaller({ host, origin }: { readonly host?: string | undefined; readonly origin?: string | undefined }): boolean {
  if (host === undefined || !loopbackNames.has(nameOf(host))) return false;
  if (origin === undefined) return true;
  const parsed = URL.parse(origin);
  // In development the page comes from Vite's own port on this machine.
  return parsed !== null && loopbackNames.has(parsed.hostname);
}

const nameOf = (host: string): string => host.replace(/:\d+$/, '');
