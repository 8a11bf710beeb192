import type { Failure } from '../../machines/connection/failure.ts';
import type { OpenLink, OpenRequest, Transport, TransportReport } from '../transport/Transport.ts';
import { knownFailure } from './knownFailure.ts';
import { TestingError } from './TestingError.ts';

/** One link that the brain asked for: what it was given, and handles to play the server's part. */
export interface FakeLink {
  readonly request: OpenRequest;
  /** The token in clear: a fake has nothing to hide. */
  readonly token: string;
  /** Everything that a transport can say, at any time, also too late: nothing is checked. The moves below are shorter and complain. */
  readonly report: TransportReport;
  state: 'open' | 'closing' | 'closed';
  /** What `close` was told: does the user sign out? `undefined` until it is called. */
  logout: boolean | undefined;
  /** Settles a close that was held back by `slowClose`. */
  settleClose(): void;
  /** The server lets the user in. @throws TestingError when the brain has closed this link. */
  succeed(userId: string): void;
  /** The link is over: `fail({ kind: 'kicked' })`. @throws TestingError when the brain has closed this link, or for an unknown kind. */
  fail(reason: Failure): void;
  /** The SDK has lost the server and reconnects by itself; follow it up with `succeed` or `fail`. @throws TestingError as `fail` */
  interrupt(reason?: Failure): void;
  /** The local message database is open. @throws TestingError when the brain has closed this link. */
  openDatabase(): void;
  /** The local message database could not be opened. @throws TestingError when the brain has closed this link. */
  failDatabase(code?: number): void;
}

export interface FakeTransportOptions {
  /** Play the server: called when a link is opened. @default nobody answers */
  onOpen?: (link: FakeLink) => void;
  /** Hold every close back until `settleClose()`. @default false */
  slowClose?: boolean;
  /** What a link's `verify` does. @default it has none, so a doubtful link is replaced */
  verify?: (signal: AbortSignal) => Promise<void>;
  /** What a link's `renew` does. @default it has none, so a new token opens a new link */
  renew?: OpenLink['renew'];
}

/** A transport without a network. It keeps count of what the laws speak of: how many links are open at one time. */
export interface FakeTransport extends Transport {
  /** Every link that was ever opened, in order. */
  readonly links: FakeLink[];
  /** The newest link. @throws TestingError when there is none yet. */
  readonly last: FakeLink;
  /** Links that are open or opening at this moment. */
  readonly live: number;
  /** The most that were ever live at one instant. */
  readonly mostLive: number;
  /** May be changed at any time: the next link goes by it. */
  options: FakeTransportOptions;
}

/**
 * A transport in the hands of a test or a story.
 *
 * @example
 * // everybody is let in at once
 * const transport = fakeTransport({ onOpen: (link) => link.succeed('alice') });
 * @example
 * // step by step
 * const transport = fakeTransport();
 * connection.connect();
 * await clock.advance(0);
 * transport.last.succeed('alice');
 * transport.last.fail({ kind: 'kicked' });
 */
export function fakeTransport(options: FakeTransportOptions = {}): FakeTransport {
  const links: FakeLink[] = [];
  let mostLive = 0;
  const live = () => links.filter(({ state }) => state !== 'closed').length;

  const transport: FakeTransport = {
    links,
    options,
    get last() {
      const link = links[links.length - 1];
      if (!link) {
        throw new TestingError(
          'fakeTransport: no link was opened yet. A link is opened after connect() and once there is a token: let promises settle first, for example with `await clock.advance(0)`',
        );
      }
      return link;
    },
    get live() {
      return live();
    },
    get mostLive() {
      return mostLive;
    },
    open(request, report) {
      let settleClose: () => void = () => undefined;
      const link: FakeLink = {
        request,
        token: request.token.reveal(),
        report,
        state: 'open',
        logout: undefined,
        settleClose: () => settleClose(),
        ...movesOf(report, () => link.state),
      };
      links.push(link);
      mostLive = Math.max(mostLive, live());
      transport.options.onOpen?.(link);
      const { verify, renew, slowClose } = transport.options;
      return {
        close(how) {
          link.logout = how?.logout;
          if (!slowClose) {
            link.state = 'closed';
            return undefined;
          }
          link.state = 'closing';
          return new Promise<void>((resolve) => {
            settleClose = () => {
              link.state = 'closed';
              resolve();
            };
          });
        },
        ...(verify && { verify }),
        ...(renew && { renew }),
      };
    },
  };
  return transport;
}

type Moves = Pick<FakeLink, 'succeed' | 'fail' | 'interrupt' | 'openDatabase' | 'failDatabase'>;

function movesOf(report: TransportReport, stateNow: () => FakeLink['state']): Moves {
  /** A move that nobody hears would make a test pass, or fail, for the wrong reason. */
  const heard = (move: string) => {
    if (stateNow() === 'open') return;
    throw new TestingError(
      `fakeTransport: ${move} on a link that is ${stateNow()}: the brain does not listen to it any more. \`transport.last\` is the newest link; to play a server that speaks too late use \`link.report\``,
    );
  };
  return {
    succeed(userId) {
      heard('succeed');
      if (typeof userId !== 'string' || userId === '') throw new TestingError('fakeTransport: succeed wants a user id: succeed("alice")');
      report.success({ userId });
    },
    fail(reason) {
      heard('fail');
      report.error(knownFailure('fakeTransport: fail', reason));
    },
    interrupt(reason) {
      heard('interrupt');
      report.interrupted(reason && knownFailure('fakeTransport: interrupt', reason));
    },
    openDatabase() {
      heard('openDatabase');
      report.dbOpened({ ok: true });
    },
    failDatabase(code) {
      heard('failDatabase');
      report.dbOpened({ ok: false, ...(code !== undefined && { code }) });
    },
  };
}
