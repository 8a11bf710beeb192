import { failure, type Failure, type OpenLink, type OpenRequest, type TransportReport } from 'connection-machine';
import { badToken, goodToken, type Break, type MemoryServer } from './memoryWorld.ts';

/** How one thing of a good transport is made bad: the report that it is given, the request, or the link that it returns. */
interface Spoiled {
  report?: (report: TransportReport, server: MemoryServer, request: OpenRequest) => Partial<TransportReport>;
  request?: (request: OpenRequest) => Partial<OpenRequest>;
  link?: (link: OpenLink, server: MemoryServer, report: TransportReport, request: OpenRequest) => Partial<OpenLink>;
}

const spoil =
  ({ report: spoilReport, request: spoilRequest, link: spoilLink }: Spoiled): Break =>
  (transport, server) => ({
    open(request, report) {
      const given = { ...report, ...spoilReport?.(report, server, request) };
      const link = transport.open({ ...request, ...spoilRequest?.(request) }, given);
      return { ...link, ...spoilLink?.(link, server, report, request) };
    },
  });

const errors = (change: (reason: Failure) => unknown, only: (reason: Failure) => boolean = () => true): Break =>
  spoil({ report: (report) => ({ error: (reason) => report.error((only(reason) ? change(reason) : reason) as Failure) }) });

const isRefusal = ({ kind }: Failure) => kind === 'tokenIncorrect';
const isLoss = ({ code }: Failure) => code === 1006;
const isOutOfReach = ({ kind, code }: Failure) => kind === 'network' && code !== 1006;
const never = () => new Promise<void>(() => undefined);

const nothingAfterClose = 'after close nothing is reported';
const nothingAfterCloseWhileOpening = 'a link that is closed while it opens reports nothing more, at whatever moment';
const oneSuccess = 'a good token is a success, reported once, with the id of the user';
const refusal = 'a refused token is one error, of kind tokenIncorrect or tokenExpired';
const outOfReach = 'a server out of reach is one error that is worth another try';
const noThrow = 'open never throws: what goes wrong is reported';
const plainErrors = 'every error is plain data with a known kind';
const closeSettles = [
  'close settles',
  'close settles when it is called twice',
  'close settles while the link opens',
  'close settles after the link has ended by itself',
  'close settles when the server is silent',
  'close settles when the server is out of reach',
  'signing out settles, with a link and without one',
];
const countsNone = 'when every link is closed the server counts none';
const another = 'after close another link can be opened';
const apart = 'links that were opened one after the other do not interfere';
const abortedBefore = 'a signal that was aborted before open lets nobody in';
const abortedWhile = 'a signal that is aborted while the link opens lets nobody in, at whatever moment';
const released = 'a link that was given up is released';
const lost = 'a lost link is one error, or an interruption that ends in success or error';
const verifyLives = 'verify resolves on a link that lives';
const verifyDead = 'verify rejects when the link is dead, at the latest when its signal is aborted';
const renewGood = 'renew resolves with a good token, and the link lives on';
const renewRefused = 'renew with a refused token rejects with a failure of a known kind';
const noToken = 'no token stands in anything that is reported, thrown or rejected';
const noRejection = 'no promise is rejected without a handler';

/** One bad transport a row: its sin, and the rules that must complain, and no others. */
export const breaches: Record<string, { breakIt: Break; breaks: readonly string[] }> = {
  'connects before it is asked to': {
    breakIt(transport, server) {
      server.sockets.add({ isOpen: true, lose: () => undefined });
      return {
        open(request, report) {
          server.sockets.clear();
          return transport.open(request, report);
        },
      };
    },
    breaks: ['nothing is opened before open is called'],
  },
  'reports success twice': {
    breakIt: spoil({ report: (report) => ({ success: (user) => [report.success(user), report.success(user)] }) }),
    breaks: [oneSuccess],
  },
  'reports success for somebody else': {
    breakIt: spoil({ report: (report) => ({ success: () => report.success({ userId: 'mallory' }) }) }),
    breaks: [oneSuccess],
  },
  'reports an error after the success': {
    breakIt: spoil({
      report: (report, { clock }) => ({
        success(user) {
          report.success(user);
          clock.setTimeout(() => report.error(failure({ kind: 'network' })), 40);
        },
      }),
    }),
    breaks: [oneSuccess, nothingAfterClose, nothingAfterCloseWhileOpening, apart, lost, renewGood],
  },
  'reports a refused token as network': { breakIt: errors(() => failure({ kind: 'network' }), isRefusal), breaks: [refusal] },
  'reports a refused token twice': {
    breakIt: spoil({
      report: (report) => ({
        error(reason) {
          report.error(reason);
          if (isRefusal(reason)) report.error(reason);
        },
      }),
    }),
    breaks: [refusal],
  },
  'reports the success before the server has spoken': {
    breakIt: spoil({
      link: (_link, _server, report, { signal }) => (signal.aborted || report.success({ userId: 'alice' }), {}),
      report: () => ({ success: () => undefined }),
    }),
    breaks: [refusal, outOfReach],
  },
  'gives up for ever when the server is out of reach': {
    breakIt: errors(() => failure({ kind: 'forbidden' }), isOutOfReach),
    breaks: [outOfReach],
  },
  'says nothing when the server is out of reach': {
    breakIt: spoil({ report: (report) => ({ error: (reason) => isOutOfReach(reason) || report.error(reason) }) }),
    breaks: [outOfReach],
  },
  'throws when the signal is aborted already': {
    breakIt: (transport) => ({
      open(request, report) {
        if (request.signal.aborted) throw new Error('aborted');
        return transport.open(request, report);
      },
    }),
    breaks: [noThrow],
  },
  'throws when the server is out of reach': {
    breakIt: (transport, server) => ({
      open(request, report) {
        if (!server.isReachable) throw failure({ kind: 'network' });
        return transport.open(request, report);
      },
    }),
    breaks: [outOfReach, noThrow],
  },
  'reports errors without a kind': {
    breakIt: errors(() => ({ code: 1006 }), isLoss),
    breaks: [plainErrors],
  },
  'reports errors of a kind of its own': { breakIt: errors((reason) => ({ ...reason, kind: 'oops' }), isLoss), breaks: [plainErrors] },
  'reports an Error': { breakIt: errors((reason) => Object.assign(new Error('lost'), reason), isLoss), breaks: [plainErrors] },
  'reports a text': { breakIt: errors(() => 'it went wrong', isOutOfReach), breaks: [plainErrors] },
  'reports a hint that is no time': { breakIt: errors((reason) => ({ ...reason, retryAfter: -1 }), isOutOfReach), breaks: [plainErrors] },
  'carries a limit that nobody knows': {
    breakIt: (transport) => ({ ...transport, defaults: { timeLimits: 5 } as never }),
    breaks: ['its defaults, if it has any, are limits that the brain knows'],
  },
  'reports after close': {
    breakIt: spoil({
      link: (link, { clock }, report) => ({
        close(how) {
          clock.setTimeout(() => report.error(failure({ kind: 'network' })), 10);
          return link.close(how);
        },
      }),
    }),
    breaks: [nothingAfterClose, nothingAfterCloseWhileOpening],
  },
  'reports while it closes': {
    breakIt: spoil({
      link: (link, _server, report) => ({
        close(how) {
          report.error(failure({ kind: 'network' }));
          return link.close(how);
        },
      }),
    }),
    breaks: [nothingAfterClose, nothingAfterCloseWhileOpening],
  },
  'lets the user in although it was closed while it opened': {
    breakIt: spoil({ link: (link, { clock }) => ({ close: async () => void clock.setTimeout(() => void link.close(), 8) }) }),
    breaks: [nothingAfterClose, nothingAfterCloseWhileOpening],
  },
  'never settles close': {
    breakIt: spoil({ link: (link) => ({ close: (how) => Promise.resolve(link.close(how)).then(never) }) }),
    breaks: closeSettles,
  },
  'rejects close': {
    breakIt: spoil({ link: (link) => ({ close: async (how) => (await link.close(how), Promise.reject(failure({ kind: 'network' }))) }) }),
    breaks: closeSettles,
  },
  'throws in close': {
    breakIt: spoil({
      link: (link) => ({
        close(how) {
          void link.close(how);
          throw new Error('closing is hard');
        },
      }),
    }),
    breaks: closeSettles,
  },
  'settles only the first close': {
    breakIt: spoil({
      link(link) {
        let calls = 0;
        return { close: (how) => (++calls > 1 ? never() : link.close(how)) };
      },
    }),
    breaks: ['close settles when it is called twice'],
  },
  'waits for the server to say goodbye': {
    breakIt: spoil({ link: (link, server) => ({ close: (how) => (server.isSilent ? never() : link.close(how)) }) }),
    breaks: ['close settles when the server is silent'],
  },
  'waits for a server that it never reached': {
    breakIt: spoil({ link: (link, server) => ({ close: (how) => (server.isReachable ? link.close(how) : never()) }) }),
    breaks: ['close settles when the server is out of reach'],
  },
  'waits for the end of a link that has ended': {
    breakIt: (transport) => ({
      open(request, report) {
        let isOver = false;
        const link = transport.open(request, {
          ...report,
          error(reason) {
            isOver = true;
            report.error(reason);
          },
        });
        return { ...link, close: (how) => (isOver ? never() : link.close(how)) };
      },
    }),
    breaks: ['close settles after the link has ended by itself', 'close settles when the server is out of reach'],
  },
  'closes only what is open': {
    breakIt: (transport) => ({
      open(request, report) {
        let isIn = false;
        const link = transport.open(request, {
          ...report,
          success(user) {
            isIn = true;
            report.success(user);
          },
          error(reason) {
            isIn = true;
            report.error(reason);
          },
        });
        return { ...link, close: (how) => (isIn || request.signal.aborted ? link.close(how) : never()) };
      },
    }),
    breaks: [
      nothingAfterCloseWhileOpening,
      'close settles while the link opens',
      'close settles when the server is silent',
      'close settles when the server is out of reach',
      countsNone,
    ],
  },
  'hangs when the user signs out': {
    breakIt: (transport) => ({ ...transport, logout: never }),
    breaks: ['signing out settles, with a link and without one'],
  },
  'leaves the socket open': {
    breakIt: (transport, server) => ({
      open(request, report) {
        server.sockets.add({ isOpen: true, lose: () => undefined });
        return transport.open(request, report);
      },
    }),
    breaks: [countsNone, released],
  },
  'leaves the socket of an aborted opening open': {
    breakIt: spoil({
      link: (_link, server, _report, { signal }) => {
        const forget = () => server.sockets.add({ isOpen: true, lose: () => undefined });
        signal.addEventListener('abort', forget);
        if (signal.aborted) forget();
        return {};
      },
    }),
    breaks: [countsNone, released],
  },
  'works once': {
    breakIt(transport) {
      let count = 0;
      return { open: (request, report) => (count++ > 0 ? { close: () => undefined } : transport.open(request, report)) };
    },
    breaks: [
      // whatever needs a second link
      plainErrors,
      nothingAfterClose,
      'close settles after the link has ended by itself',
      released,
      another,
      apart,
      verifyDead,
      noToken,
      noRejection,
    ],
  },
  'returns the same link again': {
    breakIt(transport) {
      let inner: OpenLink;
      const same: OpenLink = {
        close: (how) => inner.close(how),
        verify: (signal) => inner.verify!(signal),
        renew: (token) => inner.renew!(token),
      };
      return {
        open(request, report) {
          inner = transport.open(request, report);
          return same;
        },
      };
    },
    breaks: [another],
  },
  'tells every link of every report': {
    breakIt(transport) {
      const reports: TransportReport[] = [];
      const all = (tell: (report: TransportReport) => void) => reports.forEach(tell);
      return {
        open(request, report) {
          reports.push(report);
          return transport.open(request, {
            ...report,
            success: (user) => all((each) => each.success(user)),
            error: (reason) => all((each) => each.error(reason)),
          });
        },
      };
    },
    breaks: [nothingAfterCloseWhileOpening, apart],
  },
  'goes by the signal of the first link for ever': {
    breakIt(transport) {
      let end: (() => void) | undefined;
      return {
        open(request, report) {
          if (!end) request.signal.addEventListener('abort', () => end?.());
          const link = transport.open(request, report);
          end = () => {
            report.error(failure({ kind: 'network' }));
            void link.close();
          };
          return link;
        },
      };
    },
    breaks: [apart],
  },
  'ignores the signal': {
    breakIt: spoil({ request: () => ({ signal: new AbortController().signal }) }),
    breaks: [abortedBefore, abortedWhile],
  },
  'looks at the signal only once': {
    breakIt: spoil({ request: ({ signal }) => ({ signal: signal.aborted ? signal : new AbortController().signal }) }),
    breaks: [abortedWhile],
  },
  'does not notice that the link is lost': {
    breakIt: spoil({ report: (report) => ({ error: (reason) => isLoss(reason) || report.error(reason) }) }),
    breaks: [lost],
  },
  'reports a lost link twice': {
    breakIt: spoil({
      report: (report) => ({
        error(reason) {
          report.error(reason);
          if (isLoss(reason)) report.error(reason);
        },
      }),
    }),
    breaks: [lost],
  },
  'reports a lost link as kicked': { breakIt: errors(() => failure({ kind: 'kicked' }), isLoss), breaks: [lost] },
  'is interrupted for ever': {
    breakIt: spoil({ report: (report) => ({ error: (reason) => (isLoss(reason) ? report.interrupted() : report.error(reason)) }) }),
    breaks: [lost],
  },
  'comes back from the dead': {
    breakIt: spoil({
      report: (report) => ({
        error(reason) {
          report.error(reason);
          if (isLoss(reason)) report.success({ userId: 'alice' });
        },
      }),
    }),
    breaks: [lost],
  },
  'verifies nothing': { breakIt: spoil({ link: () => ({ verify: async () => undefined }) }), breaks: [verifyDead] },
  'never ends a verification': { breakIt: spoil({ link: () => ({ verify: never }) }), breaks: [verifyLives, verifyDead] },
  'verifies on and on': {
    breakIt: spoil({ link: (link, server) => ({ verify: (signal) => (server.isSilent ? never() : link.verify!(signal)) }) }),
    breaks: [verifyDead],
  },
  'rejects renewals': {
    breakIt: spoil({ link: () => ({ renew: () => Promise.reject(failure({ kind: 'server' })) }) }),
    breaks: [renewGood],
  },
  'ends the link with each renewal': {
    breakIt: spoil({
      link: (link, _server, report) => ({
        async renew(token) {
          await link.renew!(token);
          report.error(failure({ kind: 'network' }));
        },
      }),
    }),
    breaks: [renewGood],
  },
  'renews with anything': { breakIt: spoil({ link: () => ({ renew: async () => undefined }) }), breaks: [renewRefused] },
  'rejects a renewal without a kind': {
    breakIt: spoil({ link: (link) => ({ renew: (token) => link.renew!(token).catch(() => Promise.reject(new Error('refused'))) }) }),
    breaks: [renewRefused],
  },
  'quotes the token in a message': {
    breakIt: errors((reason) => ({ ...reason, message: `no such token: ${badToken}` }), isRefusal),
    breaks: [noToken],
  },
  'quotes the token in a URL': {
    breakIt: errors((reason) => ({ ...reason, message: `wss://im.example/?token=${encodeURIComponent(goodToken)}` }), isLoss),
    breaks: [noToken],
  },
  'quotes the token deep in a cause': {
    breakIt: errors(
      (reason) => ({ ...reason, cause: new Error('upgrade failed', { cause: { headers: [{ authorization: `Bearer ${goodToken}` }] } }) }),
      isOutOfReach,
    ),
    breaks: [noToken],
  },
  'quotes the token as JSON makes it': {
    breakIt: errors((reason) => ({ ...reason, cause: { toJSON: () => goodToken } }), isLoss),
    breaks: [noToken],
  },
  'quotes the token to who verifies': {
    breakIt: spoil({
      link: (link) => ({ verify: (signal) => link.verify!(signal).catch(() => Promise.reject(new Error(`silent for ${goodToken}`))) }),
    }),
    breaks: [noToken],
  },
  'quotes the token to who renews': {
    breakIt: spoil({
      link: (link) => ({
        renew: (token) => link.renew!(token).catch(() => Promise.reject(failure({ kind: 'tokenIncorrect', message: token.reveal() }))),
      }),
    }),
    breaks: [noToken],
  },
  'leaves a promise to reject unheard': {
    breakIt: spoil({ link: (link) => ({ close: (how) => (void Promise.reject(new Error('nobody waits for me')), link.close(how)) }) }),
    breaks: [noRejection],
  },
  'leaves a promise to reject when it is aborted': {
    breakIt: spoil({
      link: (_link, _server, _report, { signal }) => (
        signal.addEventListener('abort', () => void Promise.reject(new Error('given up'))),
        {}
      ),
    }),
    breaks: [noRejection],
  },
};

export const asyncOpen: Break = (transport) => ({
  open: (request, report) => Promise.resolve(transport.open(request, report)) as unknown as OpenLink,
});
