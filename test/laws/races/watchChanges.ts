import type { Connection, ConnectionEvents, ConnectionStatus } from 'connection-machine';

interface Parts {
  readonly connection: Connection;
  readonly blame: (problem: string) => void;
  readonly isOffline: () => boolean;
  /** Token requests that nobody has ended. */
  readonly asked: () => number;
  readonly living: () => number;
}

/** The statuses that are announced by an event of their own. */
const announcements: Partial<Record<ConnectionStatus, keyof ConnectionEvents>> = {
  connected: 'connected',
  prompting: 'prompt',
  kicked: 'kicked',
  failed: 'failed',
};

/** Looks at each change, and at what is told beside it: laws 2, 7, 11, 13, 17 and 22. */
export function watchChanges({ connection, blame, isOffline, asked, living }: Parts) {
  /** What has been told, and what the changes say should have been. */
  const told: string[] = [];
  const due: string[] = [];
  let last = connection.getSnapshot();
  let hasActed = true;

  connection.on('change', ({ previous, current }) => {
    if (previous !== last || current === previous) blame('law 22: a change does not begin where the last one ended');
    last = current;
    const [from, to] = [previous.status, current.status];
    told.push(`${from} → ${to}`);
    due.push(`${from} → ${to}`);
    if (from !== to) {
      if (from === 'closing') due.push('disconnected');
      const name = announcements[to];
      if (name) due.push(name);
    }

    // cancel() is heard at once: the link that is given up then may still be closing
    if (from === 'closing' && to === 'idle' && living() > 0) blame('law 2: idle, and a link is not closed');
    if (to !== 'fetchingToken' && to !== 'connected' && asked() > 0) blame(`law 7: ${to}, and a token request goes on`);
    // a live link has proved the platform wrong: losing its token counts
    const isLive = from === 'connected' || from === 'recovering';
    if (isOffline() && current.attempt > previous.attempt && !isLive) blame('law 11: counted while offline');
    if ((from === 'kicked' || from === 'failed') && from !== to && !hasActed) blame(`law 13: from ${from} to ${to}, and nobody acted`);
    if (to === 'kicked' || to === 'failed') hasActed = false;
    if (to === 'closing' && current.database !== 'closed') blame('law 17: closing, and the database is open');
  });
  for (const name of ['connected', 'prompt', 'kicked', 'failed', 'disconnected'] as const) connection.on(name, () => void told.push(name));

  return {
    /** The user has called connect() or disconnect(). */
    acted: () => void (hasActed = true),
    /** Nothing may begin now: laws 11 and 13. */
    begins(what: string) {
      const { status } = connection.getSnapshot();
      if (isOffline()) blame(`law 11: ${what} while offline`);
      if (status === 'kicked' || status === 'failed') blame(`law 13: ${what} in ${status}`);
    },
    end() {
      if (told.join() !== due.join()) blame(`law 22: told ${told.join(', ')} instead of ${due.join(', ')}`);
      if (last !== connection.getSnapshot()) blame('law 22: a change was not told');
    },
  };
}
