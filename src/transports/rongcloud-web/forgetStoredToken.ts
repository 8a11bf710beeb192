/** Where engine 4.4, 5.2 and 5.38 keep the addresses that they were given, and beside them the token that they asked with. */
const prefix = 'navi_';

/**
 * Removes a signed-out user's token from the SDK's cache in `localStorage`, where it would stay in clear. Without the cache the next
 * connect looks the addresses up again.
 */
export function forgetStoredToken(token: string): void {
  // what follows the @ names navigators, and is not kept
  const kept = token.replace(/@.*$/, '');
  if (!kept) return;
  try {
    // from the end: what is removed moves the rest
    for (let index = localStorage.length; index-- > 0;) {
      const key = localStorage.key(index);
      if (key?.startsWith(prefix) && localStorage.getItem(key)?.includes(kept)) localStorage.removeItem(key);
    }
  } catch {
    // no storage, or none that this page may use: nothing is kept there
  }
}
