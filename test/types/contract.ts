import { expectTypeOf } from 'vitest';
import {
  createConnection,
  failure,
  type Clock,
  type Connection,
  type ConnectionOptions,
  type ConnectionPolicy,
  type ConnectionReport,
  type ConnectionSnapshot,
  type ConnectionStatus,
  type Failure,
  type FailureKind,
  type FetchToken,
  type OpenLink,
  type PersistedConnection,
  type PlatformSignals,
  type SecretToken,
  type Transport,
  type TransportReport,
} from 'connection-machine';
import { webSocketTransport, type WebSocketLink } from 'connection-machine/transports/websocket';
import { bufferSink, consoleSink, createRecorder, inspectConnection, replay } from 'connection-machine/inspect';
import { connectionMachine } from 'connection-machine/machine';
import { createActor } from 'xstate';

// The public contract, as types: only the compiler reads this file. `npm run typecheck` does, and types.test.ts.

interface ChatLink extends OpenLink {
  send(text: string): void;
}
declare const chatTransport: Transport<ChatLink>;
declare const transport: Transport;
declare const fetchToken: FetchToken;

/** What is inside is checked, and never run. */
const types = (_title: string, _check: () => void) => undefined;

types('a transport and a token provider are enough', () => {
  expectTypeOf(createConnection({ transport, fetchToken })).toEqualTypeOf<Connection>();
  // @ts-expect-error a transport is missing
  createConnection({ fetchToken });
  // @ts-expect-error a token provider is missing
  createConnection({ transport });
  // @ts-expect-error a name that is none
  createConnection({ transport, fetchToken, timeout: 5 });
});

types('connection.link is the transport’s own, and only perhaps there', () => {
  expectTypeOf(createConnection({ transport: chatTransport, fetchToken }).link).toEqualTypeOf<ChatLink | undefined>();
  expectTypeOf(createConnection({ transport: webSocketTransport({ url: 'wss://im.example' }), fetchToken }).link).toEqualTypeOf<
    WebSocketLink | undefined
  >();
  expectTypeOf(createConnection({ transport, fetchToken }).link).toEqualTypeOf<OpenLink | undefined>();
  // @ts-expect-error it may be undefined
  createConnection({ transport: chatTransport, fetchToken }).link.send('hello');
  // @ts-expect-error a plain link has no send
  createConnection({ transport, fetchToken }).link?.send('hello');
  // @ts-expect-error it is read-only
  createConnection({ transport, fetchToken }).link = undefined;
});

types('every option has its type', () => {
  type Options = ConnectionOptions<ChatLink>;
  expectTypeOf<Options['transport']>().toEqualTypeOf<Transport<ChatLink>>();
  expectTypeOf<Options['token']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Options['expectedUserId']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Options['policy']>().toEqualTypeOf<Partial<ConnectionPolicy> | undefined>();
  expectTypeOf<Options['signals']>().toEqualTypeOf<PlatformSignals | false | undefined>();
  expectTypeOf<Options['clock']>().toEqualTypeOf<Clock | undefined>();
  expectTypeOf<Options['random']>().toEqualTypeOf<(() => number) | undefined>();
  expectTypeOf<NonNullable<Options['restore']>>().toEqualTypeOf<PersistedConnection>();
  // @ts-expect-error no such number
  createConnection({ transport, fetchToken, policy: { timelimit: 5_000 } });
  // @ts-expect-error ms, not text
  createConnection({ transport, fetchToken, policy: { timeLimit: '5s' } });
});

types('fetchToken is told why and how often, can be aborted, and answers with a token and perhaps its end', () => {
  type Request = Parameters<FetchToken>[0];
  expectTypeOf<Request['reason']>().toEqualTypeOf<'initial' | 'incorrect' | 'expired' | 'expiring'>();
  expectTypeOf<Request['attempt']>().toEqualTypeOf<number>();
  expectTypeOf<Request['signal']>().toEqualTypeOf<AbortSignal>();
  createConnection({ transport, fetchToken: async () => 'token' });
  createConnection({ transport, fetchToken: async () => ({ token: 'token', expiresAt: 1 }) });
  createConnection({ transport, fetchToken: () => Promise.reject(failure({ kind: 'forbidden' })) });
  // @ts-expect-error a token is text
  createConnection({ transport, fetchToken: async () => 42 });
  // @ts-expect-error epoch ms, not a date
  createConnection({ transport, fetchToken: async () => ({ token: 'token', expiresAt: new Date() }) });
});

types('a tokenStore may be synchronous or not', () => {
  createConnection({ transport, fetchToken, tokenStore: { load: () => 'token', save: () => undefined, clear: () => undefined } });
  createConnection({ transport, fetchToken, tokenStore: { load: async () => undefined, save: async () => {}, clear: async () => {} } });
  // @ts-expect-error it must also clear
  createConnection({ transport, fetchToken, tokenStore: { load: () => 'token', save: () => undefined } });
});

types('on() gives each listener what it is about', () => {
  const connection = createConnection({ transport, fetchToken });
  connection.on('connected', (event) => expectTypeOf(event).toEqualTypeOf<{ readonly userId: string }>());
  connection.on('databaseOpened', (event) => expectTypeOf(event).toEqualTypeOf<{ readonly code?: number }>());
  connection.on('prompt', (event) => expectTypeOf(event).toEqualTypeOf<{ readonly failure: Failure }>());
  connection.on('kicked', (event) => expectTypeOf(event).toEqualTypeOf<{ readonly failure: Failure }>());
  connection.on('failed', (event) => expectTypeOf(event).toEqualTypeOf<{ readonly failure: Failure }>());
  connection.on('tokenRenewed', ({ reason }) => expectTypeOf(reason).toEqualTypeOf<'incorrect' | 'expired' | 'expiring' | 'pushed'>());
  connection.on('disconnected', (event) => expectTypeOf(event).toEqualTypeOf<Record<string, never>>());
  connection.on('change', (event) =>
    expectTypeOf(event).toEqualTypeOf<{ readonly previous: ConnectionSnapshot; readonly current: ConnectionSnapshot }>(),
  );
  expectTypeOf(connection.on('connected', () => undefined)).toEqualTypeOf<() => void>();
  // @ts-expect-error no such event
  connection.on('connect', () => undefined);
  // @ts-expect-error connected carries no failure
  connection.on('connected', ({ failure: _ }) => undefined);
});

types('the calls', () => {
  const connection = createConnection({ transport, fetchToken });
  expectTypeOf(connection.connect).parameter(0).toEqualTypeOf<{ userWaiting?: boolean } | undefined>();
  expectTypeOf(connection.connect).returns.toEqualTypeOf<void>();
  expectTypeOf(connection.disconnect).parameter(0).toEqualTypeOf<{ logout?: boolean } | undefined>();
  expectTypeOf(connection.disconnect).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(connection.retry).toEqualTypeOf<() => void>();
  expectTypeOf(connection.cancel).toEqualTypeOf<() => void>();
  expectTypeOf(connection.setToken).parameter(0).toExtend<string | { token: string; expiresAt?: number }>();
  expectTypeOf(connection.whenConnected).parameter(0).toEqualTypeOf<{ signal?: AbortSignal } | undefined>();
  expectTypeOf(connection.whenConnected()).toEqualTypeOf<Promise<{ userId: string }>>();
  expectTypeOf(connection.persist()).toEqualTypeOf<PersistedConnection>();
  expectTypeOf(connection.report()).toEqualTypeOf<ConnectionReport | undefined>();
  expectTypeOf(connection.subscribe(() => undefined)).toEqualTypeOf<() => void>();
  expectTypeOf(connection[Symbol.asyncDispose]()).toEqualTypeOf<Promise<void>>();
});

types('the snapshot', () => {
  expectTypeOf<ConnectionStatus>().toEqualTypeOf<
    | 'idle'
    | 'fetchingToken'
    | 'connecting'
    | 'connected'
    | 'recovering'
    | 'waiting'
    | 'offline'
    | 'prompting'
    | 'kicked'
    | 'failed'
    | 'closing'
  >();
  expectTypeOf<ConnectionSnapshot>().toEqualTypeOf<{
    readonly status: ConnectionStatus;
    readonly database: 'closed' | 'opened' | 'failed';
    readonly userId?: string;
    readonly failure?: Failure;
    readonly retryAt?: number;
    readonly attempt: number;
  }>();
});

types('a failure’s kind can be judged exhaustively', () => {
  const branch = ({ kind }: Failure): string => {
    switch (kind) {
      case 'tokenIncorrect':
      case 'tokenExpired':
        return 'renew';
      case 'timeout':
        return 'prompt';
      case 'network':
      case 'server':
      case 'unknown':
        return 'wait';
      case 'kicked':
      case 'blocked':
      case 'forbidden':
      case 'configuration':
      case 'wrongUser':
        return 'stop';
      default:
        return kind satisfies never;
    }
  };
  expectTypeOf(branch).parameter(0).toEqualTypeOf<Failure>();
  expectTypeOf<Failure>().toEqualTypeOf<{
    readonly kind: FailureKind;
    readonly code?: number | string;
    readonly message?: string;
    readonly retryAfter?: number;
    readonly cause?: unknown;
  }>();
  // @ts-expect-error no such kind
  failure({ kind: 'tokenincorrect' });
});

types('a transport of a few lines fits', () => {
  const tiny = {
    open({ token, signal }: { token: SecretToken; signal: AbortSignal }, report: TransportReport) {
      signal.addEventListener('abort', () => undefined);
      if (token.reveal() === 'good') report.success({ userId: 'alice' });
      else report.error({ kind: 'tokenIncorrect', code: 31004 });
      report.dbOpened();
      report.dbOpened({ ok: false, code: 34 });
      report.interrupted();
      return { close: () => undefined, send: (text: string) => text.length };
    },
    defaults: { timeLimit: 8_000 },
  };
  expectTypeOf(tiny).toExtend<Transport>();
  expectTypeOf(createConnection({ transport: tiny, fetchToken }).link?.send).toEqualTypeOf<((text: string) => number) | undefined>();
  // @ts-expect-error a link must be closable
  createConnection({ transport: { open: () => ({}) }, fetchToken });
});

types('an inspector and a recorder fit a connection of any link, and an actor', () => {
  const connection = createConnection({ transport: chatTransport, fetchToken, recorder: createRecorder() });
  expectTypeOf(inspectConnection(connection, consoleSink())).toEqualTypeOf<() => void>();
  inspectConnection(createActor(connectionMachine), [consoleSink(), bufferSink()], { name: 'alice', allowEvents: true });
  expectTypeOf(replay(connection.report())).toEqualTypeOf<{ readonly steps: number }>();
  // @ts-expect-error what is inspected is no number
  inspectConnection(1, consoleSink());
  // @ts-expect-error a recorder is made first
  createConnection({ transport, fetchToken, recorder: createRecorder });
});

types('the actor is XState’s own, for XState users', () => {
  const { actor } = createConnection({ transport, fetchToken });
  expectTypeOf(actor.getSnapshot().value.session).toEqualTypeOf(createActor(connectionMachine).getSnapshot().value.session);
  // @ts-expect-error no such event
  actor.send({ type: 'user.conect' });
});
