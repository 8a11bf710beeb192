import type { OpenLink, Transport, TransportReport } from './Transport.ts';

/** The database of one login. */
interface Opening {
  readonly login: object | undefined;
  userId: string | undefined;
}

/**
 * Adds a local message database to a transport that has none: it is opened beside the link, once in each login, and reported as
 * `dbOpened`, so that yesterday's messages are on the screen before the network is up.
 *
 * @param openDatabase opens the app's own database; may be async. When it throws or rejects, the database has failed and the
 *   connection goes on without it; the next link tries again. The app owns its database and closes it, on `disconnected`.
 */
export function withDatabase<Link extends OpenLink>(transport: Transport<Link>, openDatabase: () => unknown): Transport<Link> {
  let current: Opening | undefined;
  /** The database outlives links: whichever is the last hears of it. */
  let last: TransportReport | undefined;

  const open = (login: object | undefined, userId?: string) => {
    const mine: Opening = { login, userId };
    current = mine;
    Promise.resolve()
      .then(openDatabase)
      .then(
        () => current === mine && last?.dbOpened({ ok: true }),
        () => {
          if (current !== mine) return;
          current = undefined;
          last?.dbOpened({ ok: false });
        },
      );
  };

  return {
    ...(transport.defaults !== undefined && { defaults: transport.defaults }),
    ...(transport.logout && { logout: () => transport.logout?.() }),
    open(request, report) {
      const { login } = request;
      last = report;
      if (login === undefined || current?.login !== login) open(login);
      return transport.open(request, {
        // the database is ours to report
        dbOpened: () => undefined,
        interrupted: (failure) => report.interrupted(failure),
        error: (failure) => report.error(failure),
        success(user) {
          report.success(user);
          const userId: unknown = (user as Partial<typeof user> | undefined)?.userId;
          if (typeof userId !== 'string' || !current) return;
          // another user within the same login (a pushed token): the old one's database is not theirs
          if (current.userId !== undefined && current.userId !== userId) open(login, userId);
          else current.userId = userId;
        },
      });
    },
  };
}
