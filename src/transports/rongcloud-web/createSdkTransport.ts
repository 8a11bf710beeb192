import { failure, toFailure, type Failure } from '../../../machines/connection/failure.ts';
import type { SecretToken } from '../../../machines/connection/SecretToken.ts';
import type { OpenLink, OpenRequest, Transport, TransportReport } from '../../transport/Transport.ts';
import { systemClock } from '../../platform/Clock.ts';
import { takeTurn } from '../../transport/takeTurn.ts';
import { forgetStoredToken } from './forgetStoredToken.ts';
import { createSuspicion } from './createSuspicion.ts';
import type { RongCloudWebOptions } from './RongCloudWebOptions.ts';
import type { Sdk, SdkEvents } from './Sdk.ts';
import { nextTask, watchSdkTraffic, type SdkTraffic } from './watchSdkTraffic.ts';

/** These SDKs are slow to find out: 10 s an address lookup (two by default), 5 s a socket address. A person is asked long before that. */
const defaults = { attemptTimeLimit: 30_000 };

/**
 * A transport over an SDK that exists once a page, with the ailments of all three versions healed: one session at a time; nothing is
 * reported twice or after close; a session ends when the SDK is really quiet, whatever it was doing, and stays ended.
 */
export function createSdkTransport(sdk: Sdk, { sdkReconnect = 'leave' }: RongCloudWebOptions): Transport {
  const suspicion = createSuspicion();
  /** The token that the SDK was shown last. */
  let shown: SecretToken | undefined;

  function open({ token, login, signal }: OpenRequest, report: TransportReport): OpenLink {
    let phase: 'waiting' | 'connecting' | 'up' | 'interrupted' | 'over' = 'waiting';
    let traffic: SdkTraffic | undefined;
    let stopListening: (() => void) | undefined;
    let attempt: Promise<void> | undefined;
    let answersHeard = 0;

    function succeed(userId: string): void {
      if (phase === 'over' || phase === 'up') return;
      phase = 'up';
      answersHeard = traffic?.answers() ?? 0;
      suspicion.clear();
      report.success({ userId });
    }

    function end(reason: Failure): void {
      if (phase === 'over') return;
      phase = 'over';
      report.error(reason);
    }

    function judge(reason: Failure): Failure {
      const answers = traffic?.answers() ?? 0;
      const wasAnswered = answers > answersHeard;
      answersHeard = answers;
      if (!sdk.mayHideRefusal(reason)) return reason;
      if (traffic?.isLookupRefused())
        return failure({ ...reason, kind: 'tokenIncorrect', message: 'the address lookup refused the token' });
      return suspicion.judge(reason, { wasAnswered, token, login });
    }

    const events: SdkEvents = {
      databaseOpened: (code) => phase !== 'over' && report.dbOpened({ ok: code === 0, ...(code !== undefined && { code }) }),
      connected: succeed,
      ended: (reason) => phase !== 'over' && end(judge(reason)),
      disconnected() {
        // Versions 2 and 4 say so first when a user is kicked or blocked, and why in the same breath.
        void nextTask().then(() => {
          // While it connects that is old news. Afterwards the app has done it: as with any sign-out, the user must not be brought back.
          if (phase !== 'up' && phase !== 'interrupted') return;
          end(failure({ kind: 'forbidden', message: "disconnected by the SDK's own disconnect(): use connection.disconnect()" }));
        });
      },
      interrupted(reason) {
        // before the first success it is only on its way to the next address
        if (phase !== 'up' && phase !== 'interrupted') return;
        const judged = judge(reason);
        if (sdkReconnect === 'takeOver' || judged !== reason) end(judged);
        else if (phase === 'up') {
          phase = 'interrupted';
          report.interrupted(reason);
        }
      },
    };

    async function begin(): Promise<void> {
      if (phase === 'over') return;
      // Connected by the app itself, or on another account: it would ignore the token and report the old user.
      if (sdk.isInUse()) await sdk.disconnect({ logout: false });
      // close() may have come meanwhile
      if ((phase as string) === 'over') return;
      phase = 'connecting';
      traffic = watchSdkTraffic({
        version: sdk.version,
        onFlood() {
          end(failure({ kind: 'server', code: 31006, message: 'the server redirects without end' }));
          traffic?.cutOff();
        },
      });
      stopListening = sdk.listen(events);
      shown = token;
      attempt = sdk.connect(token.reveal()).then(succeed, (problem: unknown) => {
        if (phase !== 'over') end(judge(toFailure(problem)));
      });
      await attempt;
    }

    /** However it was going, afterwards the SDK is quiet and nobody is signed in. */
    async function letGo(logout: boolean, wasUp: boolean): Promise<void> {
      if (!traffic) return;
      const disconnected = attemptTo(() => sdk.disconnect({ logout }));
      // a live socket may say goodbye first
      if (wasUp) await Promise.race([disconnected, nextTask()]);
      traffic.cutOff();
      // neither has to settle, but the next link does not wait for ever, and must find the globals as they were
      await Promise.race([Promise.all([disconnected, attempt]), turn.lost]);
      await traffic.settled();
      // what was under way at the first call has undone it, or has set another timer
      if (turn.isMine()) await Promise.race([attemptTo(() => sdk.disconnect({ logout })), turn.lost]);
      if (logout) forgetStoredToken(token.reveal());
      traffic.release();
    }

    const turn = takeTurn(sdk.module, systemClock);
    void turn.comes.then(begin).catch((problem: unknown) => end(toFailure(problem)));

    let closing: Promise<void> | undefined;
    let wasUp = false;
    function fallSilent(): void {
      wasUp ||= phase === 'up';
      phase = 'over';
    }

    const link: OpenLink = {
      close(how) {
        fallSilent();
        if (!closing) {
          void attemptTo(() => stopListening?.());
          closing = letGo(how?.logout === true, wasUp);
          turn.pass(closing);
        }
        return closing;
      },
    };
    // close() follows in the same breath, and says whether the user signs out; where it does not, the link is let go all the same
    const giveUp = () => {
      fallSilent();
      void Promise.resolve().then(() => link.close());
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    return link;
  }

  return {
    defaults,
    open,
    logout() {
      if (shown) forgetStoredToken(shown.reveal());
    },
  };
}

/** A call that may throw or reject, and of which nothing more is wanted. */
async function attemptTo(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // the SDK has nothing to say that would change what comes next
  }
}
