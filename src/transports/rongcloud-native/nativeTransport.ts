import type { Failure } from '../../../machines/connection/failure.ts';
import type { OpenLink, OpenRequest, Transport, TransportReport } from '../../transport/Transport.ts';
import { takeTurn } from '../../transport/takeTurn.ts';
import { judge, readCode, readField } from './judge.ts';
import { nativeDefaults } from './nativeDefaults.ts';
import type { ConnectEvents, NativeSdk, SessionEvents } from './NativeSdk.ts';

/** RC_CONNECTION_EXIST: the SDK has a session already, or is making one. It does not say whose. */
const connectionExists = 34001;

/** The transport that all of them are: links over an SDK that exists once. */
export function nativeTransport(sdk: NativeSdk): Transport {
  return {
    defaults: nativeDefaults,
    open: (request, report) => openNativeLink(sdk, request, report),
    /** Push notifications outlive sessions: a user who signs out while offline must not go on receiving them. */
    async logout() {
      const turn = takeTurn(sdk.key, sdk.clock);
      const answer = turn.comes.then(() => sdk.disconnect(false));
      turn.pass(answer.then(nothing, nothing));
      const code = await answer;
      if (isRefusal(code)) throw judge(sdk.codes, code);
    },
  };
}

/** Opens one link over an SDK that exists once. Never throws: what goes wrong is reported. */
function openNativeLink(sdk: NativeSdk, { token, timeLimit, signal }: OpenRequest, report: TransportReport): OpenLink {
  let phase: 'waiting' | 'connecting' | 'in' | 'interrupted' | 'over' = 'waiting';
  let userId: string | undefined;
  /** Only the last call may speak: the SDK calls back late, and twice. */
  let calls = 0;
  /** A call that is still on its way to the SDK. */
  let calling: Promise<unknown> | undefined;
  let stopListening: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  const isOver = () => phase === 'over' || signal.aborted;
  const turn = takeTurn(sdk.key, sdk.clock);
  void turn.comes.then(start);
  return { close };

  function start(): void {
    if (isOver()) return;
    phase = 'connecting';
    try {
      stopListening = sdk.listen?.(sessionEvents());
    } catch (problem) {
      return end(judge(sdk.codes, problem));
    }
    // what it heard at once may have been the end
    if (closing) void quietly(() => stopListening?.());
    connect();
  }

  function connect(): void {
    if (isOver()) return;
    const events = connectEvents(++calls);
    calling = attempt(() => sdk.connect(token.reveal(), inSeconds(timeLimit), events));
    const isCalled = () => (calling = undefined);
    calling.then(isCalled, isCalled);
    calling.then(
      (answer) => phase === 'connecting' && isRefusal(answer) && events.ended(answer),
      (problem: unknown) => phase === 'connecting' && events.ended(problem),
    );
  }

  /** The session that is there may be another user's: only the token decides who is in. */
  function connectAnew(): void {
    // the first call has had its say
    calls += 1;
    void quietly(() => sdk.disconnect(true)).then(connect);
  }

  function connectEvents(call: number): ConnectEvents {
    const unlessLate =
      <Args extends unknown[]>(tell: (...args: Args) => void) =>
      (...args: Args) => {
        if (!isOver() && call === calls) tell(...args);
      };
    return {
      databaseOpened: unlessLate((answer) => {
        const code = readCode(answer);
        const ok = code === 0 || answer === undefined || /success$/i.test(String(code));
        report.dbOpened({ ok, ...(typeof code === 'number' && { code }) });
      }),
      connected: unlessLate((user) => welcome(user)),
      interrupted: unlessLate((reason) => interrupt(reason === undefined ? undefined : judge(sdk.codes, reason))),
      ended: unlessLate((problem) => {
        const failure = judge(sdk.codes, problem);
        if (failure.code === connectionExists && phase === 'connecting' && call === 1) connectAnew();
        else end(failure);
      }),
    };
  }

  function sessionEvents(): SessionEvents {
    return {
      connected() {
        if (phase === 'interrupted') welcome(userId);
      },
      interrupted: interrupt,
      ended: end,
      gone(reason) {
        if (phase !== 'connecting') end(reason);
      },
    };
  }

  function welcome(user: unknown): void {
    const named = readField(user, 'userId') ?? user ?? userId;
    if (typeof named !== 'string' || named === '') return end({ kind: 'unknown', message: 'success without a userId' });
    if (userId !== undefined && named !== userId) return end({ kind: 'wrongUser', message: 'success for another user' });
    if (phase === 'in') return;
    phase = 'in';
    userId = named;
    report.success({ userId });
  }

  function interrupt(reason?: Failure): void {
    if (phase !== 'in' || isOver()) return;
    phase = 'interrupted';
    report.interrupted(reason);
  }

  function end(failure: Failure): void {
    if (isOver()) return;
    phase = 'over';
    report.error(failure);
  }

  function close(how?: { logout: boolean }): Promise<void> {
    closing ??= leave(how?.logout === true);
    return closing;
  }

  /** Also after an error: whatever the SDK still does, afterwards nobody is signed in. */
  function leave(logout: boolean): Promise<void> {
    phase = 'over';
    void quietly(() => stopListening?.());
    const disconnect = () => attempt(() => sdk.disconnect(!logout));
    const answer = calls > 0 || logout ? disconnect() : Promise.resolve();
    // a call that reaches the SDK after its disconnect would bring the user back
    const late = calling && quietly(() => calling).then(() => (turn.isMine() ? quietly(disconnect) : undefined));
    const gone = Promise.all([quietly(() => answer), late]).then(nothing);
    turn.pass(gone);
    if (!logout) return gone;
    // that pushes go on after a sign-out must not go unnoticed
    return gone.then(async () => {
      const code = await answer;
      if (isRefusal(code)) throw judge(sdk.codes, code);
    });
  }
}

/** The SDKs count in whole seconds. 0 is for ever; less than 0 is refused by the Android wrapper. */
function inSeconds(timeLimit: number | undefined): number {
  return timeLimit === undefined ? 0 : Math.max(1, Math.ceil(timeLimit / 1_000));
}

/** Calls now; a throw becomes a rejection. */
async function attempt(call: () => unknown): Promise<unknown> {
  return call();
}

function quietly(call: () => unknown): Promise<void> {
  return attempt(call).then(nothing, nothing);
}

function isRefusal(answer: unknown): boolean {
  const code = readCode(answer);
  return typeof code === 'number' && code !== 0;
}

function nothing(): void {}
