import { fromCallback, fromPromise } from 'xstate';
import { settled } from '../platform/settled.ts';
import { createReport } from './transportReport.ts';
import type { DatabaseEvent, LinkEvent } from '../../machines/connection/events.ts';
import type { LinkCommand, OpenLinkInput } from '../../machines/connection/services.ts';
import type { Clock } from '../platform/Clock.ts';
import type { Redactor } from '../token/redactor.ts';
import type { SafeLogger } from '../logger.ts';
import type { OpenLink, OpenRequest, Transport } from './Transport.ts';

interface Parts {
  readonly transport: Transport;
  /** ms */
  readonly closeTimeLimit: number;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly logger: SafeLogger;
  /** Are listeners running at this moment? */
  readonly isAnnouncing: () => boolean;
}

/**
 * The services `openLink` and `settleLink` over one transport. Between them stands the gate: a new link is opened when the one
 * before it has settled its `close`, or has had its time.
 */
export function createLinkActors({ transport, closeTimeLimit, clock, redactor, logger, isAnnouncing }: Parts) {
  let gate: Promise<void> = Promise.resolve();
  let current: OpenLink | undefined;
  /** Has the transport been told of the last sign-out? */
  let isSignedOut = false;
  /** Numbers are the chart's; an object is nobody else's, so two connections can share a transport. */
  let login = { count: -1 };

  const openLink = fromCallback<LinkCommand, OpenLinkInput, LinkEvent | DatabaseEvent>(({ input, sendBack, receive }) => {
    const abort = new AbortController();
    let opening: Promise<OpenLink | undefined> | undefined;
    let link: OpenLink | undefined;
    let givenUp = false;
    let logout = false;
    /** Only the last question counts, and only while the link it was asked of is not interrupted. */
    let question = 0;

    /** While listeners run, the chart cannot move: what they asked for (a disconnect) must come before what this link reports. */
    let held: (LinkEvent | DatabaseEvent)[] = [];

    const send = (event: LinkEvent | DatabaseEvent) => {
      if (event.type === 'link.interrupted') question += 1;
      if (held.length > 0 || isAnnouncing()) held.push(event);
      else if (!givenUp) sendBack(event);
      if (held.length === 1) void Promise.resolve().then(release);
    };
    const release = () => {
      const waiting = held;
      held = [];
      for (const event of waiting) if (!givenUp) sendBack(event);
    };
    const { report, flush } = createReport(send, redactor);

    const adopt = (opened: OpenLink | undefined) => {
      link = opened;
      if (typeof opened?.close !== 'function') logger.error('transport.open returned no link with a close function; it cannot be closed');
      const can = { canVerify: typeof opened?.verify === 'function', canRenew: typeof opened?.renew === 'function' };
      if (givenUp) return;
      current = opened;
      flush(can);
    };

    /** There is no link, or none that can be used. */
    const despair = (problem: unknown) => {
      flush({ canVerify: false, canRenew: false });
      report.error(redactor.failure(problem));
    };

    const open = () => {
      if (givenUp) return;
      const { token, timeLimit } = input;
      if (login.count !== input.login) login = { count: input.login };
      isSignedOut = false;
      const request: OpenRequest = { token, login, signal: abort.signal, ...(timeLimit !== undefined && { timeLimit }) };
      try {
        const opened: unknown = transport.open(request, report);
        if (isThenable(opened)) {
          // an async `open` breaks the contract, but is too natural a mistake to die of
          opening = Promise.resolve(opened as unknown as OpenLink);
          opening.then(adopt).catch(despair);
        } else adopt(opened as OpenLink);
      } catch (problem) {
        despair(problem);
      }
    };

    // Never in the same breath: a link that is asked for and given up at once (connect, disconnect) is not opened at all.
    void gate.then(open);

    receive((command) => {
      if (command.type === 'link.goodbye') {
        logout = command.logout;
        return;
      }
      const lives = link;
      if (!lives) return;
      if (command.type === 'link.verify') {
        const mine = ++question;
        const answer = (event: LinkEvent) => {
          if (mine === question) send(event);
        };
        void attempt(() => lives.verify?.(abort.signal)).then(
          () => answer({ type: 'link.verified' }),
          (problem: unknown) => {
            const failure = redactor.failure(problem);
            // no answer is no network, unless the link knows better
            answer({ type: 'link.failed', failure: failure.kind === 'unknown' ? { ...failure, kind: 'network' } : failure });
          },
        );
      } else {
        const { token } = command;
        void attempt(() => lives.renew?.(token)).then(
          () => send({ type: 'link.renewed', token }),
          (problem: unknown) => send({ type: 'link.renewalFailed', token, failure: redactor.failure(problem) }),
        );
      }
    });

    return () => {
      givenUp = true;
      current = undefined;
      abort.abort();
      const complain = (problem: unknown) => logger.error('the link did not close as it should', problem);
      try {
        // close() is called now, not a microtask later: after disconnect() returns, nothing more is sent
        isSignedOut = logout && (link !== undefined || opening !== undefined);
        const closing: unknown = link ? link.close?.({ logout }) : opening?.then((late) => late?.close?.({ logout }));
        if (isThenable(closing)) gate = settled(() => closing, closeTimeLimit, clock).then(() => undefined, complain);
      } catch (problem) {
        complain(problem);
      }
    };
  });

  return {
    openLink,
    settleLink: fromPromise<void>(() => gate),
    /** The user has signed out. Tells the transport, unless the link that was open has. */
    signOut() {
      if (isSignedOut || !transport.logout) return;
      isSignedOut = true;
      const before = gate;
      // one limit for both: whoever signs out is not kept waiting twice
      gate = settled(() => before.then(() => transport.logout?.()), closeTimeLimit, clock).catch((problem: unknown) =>
        logger.error('the transport did not sign out as it should', problem),
      );
    },
    /** The transport's own link, while there is one. */
    current: () => current,
    /** Resolves when the last link is closed, or has had its time. */
    settled: () => gate,
  };
}

function attempt(call: () => unknown): Promise<unknown> {
  return Promise.resolve().then(call);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
