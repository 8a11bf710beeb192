import type { OpenLink, Transport } from 'connection-machine';
import { SecretToken } from '../../../../machines/connection/SecretToken.ts';

/** What a link has reported, as `['success', { userId: 'ann' }]`. */
export type Reported = [what: 'dbOpened' | 'success' | 'interrupted' | 'error', detail?: unknown][];

/** Opens a link as the brain would, without the brain. */
export function openAlone(transport: Transport, token = 'token-1', timeLimit?: number) {
  const reported: Reported = [];
  const controller = new AbortController();
  const link: OpenLink = transport.open(
    { token: new SecretToken(token), signal: controller.signal, ...(timeLimit !== undefined && { timeLimit }) },
    {
      dbOpened: (status) => void reported.push(['dbOpened', status]),
      success: (user) => void reported.push(['success', user]),
      interrupted: (failure) => void reported.push(['interrupted', failure]),
      error: (failure) => void reported.push(['error', failure]),
    },
  );
  return {
    reported,
    abort: () => controller.abort(),
    close: async (logout = false) => link.close({ logout }),
  };
}
