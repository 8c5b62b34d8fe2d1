import { showToast } from '../feedback/toast.tsx';

/** Puts a link to a place of this server on the clipboard, and says so: nobody sees it there. */
export async function copyLink(path: string, what: string): Promise<void> {
  const link = new URL(path, window.location.origin).href;
  try {
    await navigator.clipboard.writeText(link);
    showToast({ text: `Copied a link to ${what}` });
  } catch {
    showToast({ text: `The browser does not let the page copy. The link to ${what}: ${link}` });
  }
}
