import type { OpenLink, Transport } from 'connection-machine';
import { SecretToken } from '../../../../machines/connection/SecretToken.ts';

/** A link that was opened the way the brain does it, with everything that it reported. */
export function openLink(transport: Transport, token = 'token-1', login: object = {}) {
  const reported: unknown[] = [];
  const link: OpenLink = transport.open(
    { token: new SecretToken(token), signal: new AbortController().signal, login },
    {
      dbOpened: (status) => void reported.push({ dbOpened: status }),
      success: (user) => void reported.push({ success: user.userId }),
      interrupted: (failure) => void reported.push({ interrupted: failure }),
      error: (failure) => void reported.push({ error: failure }),
    },
  );
  return { link, reported };
}

/** Lets promises and timers of 0 ms run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}
