import type { OpenLink, Transport, TransportReport } from './Transport.ts';

/**
 * Adds a local message database to a transport that has none: it is opened beside the link, once in each login, and reported as
 * `dbOpened`, so that yesterday's messages are on the screen before the network is up.
 *
 * @param openDatabase opens the app's own database; may be async. When it throws or rejects, the database has failed and the
 *   connection goes on without it; the next link tries again. The app owns its database and closes it, on `disconnected`.
 */
export function withDatabase<Link extends OpenLink>(transport: Transport<Link>, openDatabase: () => unknown): Transport<Link> {
  let opened: { login: number | undefined; userId: string | undefined; done: Promise<unknown> } | undefined;

  const openOnce = (login: number | undefined) => {
    if (opened === undefined || opened.login !== login) {
      const mine = { login, userId: opened?.userId, done: Promise.resolve().then(openDatabase) };
      opened = mine;
      mine.done.catch(() => {
        if (opened === mine) opened = undefined;
      });
    }
    return opened.done;
  };

  const reportOpening = (login: number | undefined, report: TransportReport) => {
    openOnce(login).then(
      () => report.dbOpened({ ok: true }),
      () => report.dbOpened({ ok: false }),
    );
  };

  return {
    ...(transport.defaults !== undefined && { defaults: transport.defaults }),
    open(request, report) {
      reportOpening(request.login, report);
      return transport.open(request, {
        // the database is ours to report
        dbOpened: () => undefined,
        interrupted: (failure) => report.interrupted(failure),
        error: (failure) => report.error(failure),
        success(user) {
          const before = opened?.userId;
          report.success(user);
          if (opened) opened.userId = user.userId;
          // another user within the same login (a pushed token): the old one's database is not theirs
          if (before !== undefined && before !== user.userId) {
            opened = undefined;
            reportOpening(request.login, report);
          }
        },
      });
    },
  };
}
