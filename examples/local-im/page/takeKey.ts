const place = 'local-im-key';

/**
 * The admin key, from the fragment of the address that the terminal printed. A fragment is never sent to a server; it is taken out
 * of the address bar at once, so that it is in no bookmark, history or screenshot, and kept for this tab's reloads only.
 */
export function takeKey(): string | undefined {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    sessionStorage.setItem(place, key);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(place) ?? undefined;
}
