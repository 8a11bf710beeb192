import type { OpenLink, Transport, TransportReport } from './Transport.ts';

/** The database of one login. */
interface Opening {
  readonly login: object | undefined;
  /** Whose it is, once the server has said. */
  userId: string | undefined;
  /** `told`: a link has reported it, and the brain remembers it over reconnects. */
  state: 'opening' | 'open' | 'told';
}

/** The newest link, which is the one that the brain hears. */
interface Hearing {
  readonly report: TransportReport;
  readonly signal: AbortSignal;
  userId: string | undefined;
  isClosed: boolean;
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
  let last: Hearing | undefined;

  /** Between two links nobody hears it: then the next one tells. A known user's database is told to nobody before they are in. */
  const tell = (mine: Opening) => {
    if (mine.state !== 'open' || !last || isOver(last)) return;
    if (mine.userId !== last.userId) return;
    mine.state = 'told';
    last.report.dbOpened({ ok: true });
  };

  const open = (login: object | undefined, userId?: string) => {
    const mine: Opening = { login, userId, state: 'opening' };
    current = mine;
    Promise.resolve()
      .then(openDatabase)
      .then(
        () => {
          mine.state = 'open';
          if (current === mine) tell(mine);
        },
        () => {
          if (current !== mine) return;
          current = undefined;
          if (last && !isOver(last)) last.report.dbOpened({ ok: false });
        },
      );
  };

  return {
    ...(transport.defaults !== undefined && { defaults: transport.defaults }),
    ...(transport.logout && { logout: () => transport.logout?.() }),
    open(request, report) {
      const { login } = request;
      const mine: Hearing = { report, signal: request.signal, userId: undefined, isClosed: false };
      last = mine;
      if (login === undefined || current?.login !== login) open(login);
      else tell(current);
      const link = transport.open(request, {
        // the database is ours to report
        dbOpened: () => undefined,
        interrupted: (failure) => report.interrupted(failure),
        error: (failure) => report.error(failure),
        success(user) {
          report.success(user);
          const userId: unknown = (user as Partial<typeof user> | undefined)?.userId;
          if (typeof userId !== 'string' || !current) return;
          mine.userId = userId;
          // another user within the same login (a pushed token): the old one's database is not theirs
          if (current.userId !== undefined && current.userId !== userId) open(login, userId);
          else {
            current.userId = userId;
            tell(current);
          }
        },
      });
      onClose(link, () => (mine.isClosed = true));
      return link;
    },
  };
}

const isOver = ({ signal, isClosed }: Hearing): boolean => signal.aborted || isClosed;

/** Notes the end of a link in the link itself, which keeps all that it can do. Where it may not be changed, its signal tells. */
function onClose(link: OpenLink | undefined, note: () => void): void {
  const close: unknown = link?.close;
  if (typeof close !== 'function') return;
  Reflect.set(link as OpenLink, 'close', (how?: { logout: boolean }) => {
    note();
    return (close as OpenLink['close']).call(link as OpenLink, how);
  });
}
