import { failure, failureKinds, type Failure, type FailureKind } from '../../../machines/connection/failure.ts';
import type { SecretToken } from '../../../machines/connection/SecretToken.ts';
import type { OpenLink, OpenRequest, TransportReport } from '../../transport/Transport.ts';
import { closeCodeToFailure } from './closeCodeToFailure.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import { readUrl, type Settings } from './readOptions.ts';
import type { WebSocketAnswer, WebSocketFrame } from './WebSocketHandshake.ts';
import type { WebSocketLike } from './WebSocketLike.ts';

/** What the app gets as `connection.link`. */
export interface WebSocketLink extends OpenLink {
  /** Bytes handed to `send` that have not left yet, for apps that send faster than the network takes. */
  readonly bufferedAmount: number;
  /** Sends a frame of the app. @throws Error when the link is not open (any more): nothing is kept for later. */
  send(data: WebSocketFrame): void;
  close(how?: { logout: boolean }): Promise<void>;
}

/** ms that the server has to answer the closing handshake; then the socket is dropped where its class can, and otherwise forgotten. */
const closeTimeLimit = 2_000;

/** Called once: with nothing for "yes", with the reason for "no". */
type Settle = (refused?: Failure) => void;

/** Opens one link. Never throws: what goes wrong is reported, and some of it before this returns. */
export function openWebSocketLink(settings: Settings, { token, signal }: OpenRequest, report: TransportReport): WebSocketLink {
  const { clock, handshake } = settings;
  let socket: WebSocketLike | undefined;
  let heartbeat: Heartbeat | undefined;
  let closeTimer: unknown;
  let userId: string | undefined;
  let secrets = [token];
  /** The platform's last word before the end. Browsers say nothing, Node says ECONNREFUSED. */
  let trouble: { readonly code?: unknown; readonly message?: unknown } = {};
  /** From here on nothing is reported and nothing is sent. */
  let isOver = false;

  const verifications = new Set<Settle>();
  /** It was asked, and has not answered in time. */
  let isDoubted = false;
  /** In the order of sending, each with the number of the ping that was sent behind it. */
  const renewals: { readonly ping: number; readonly settle: Settle }[] = [];
  let pings = 0;
  let pongs = 0;

  let settleClosed!: () => void;
  const closed = new Promise<void>((resolve) => (settleClosed = resolve));

  if (signal.aborted) void close();
  else connect();

  return {
    get bufferedAmount() {
      return socket ? socket.bufferedAmount : 0;
    },
    send(data) {
      if (!isOpen()) throw new Error('webSocketTransport: the link is not open, nothing was sent');
      socket!.send(data);
    },
    close,
    ...(handshake.ping && { verify }),
    ...(handshake.renew && { renew }),
  };

  function connect(): void {
    signal.addEventListener('abort', close);
    let doing = 'url()';
    try {
      const url = typeof settings.url === 'function' ? settings.url() : settings.url;
      if (isOver) return;
      doing = '';
      const address = readUrl(url);
      const Class = settings.WebSocket || globalThis.WebSocket;
      if (!Class)
        throw new TypeError(
          "webSocketTransport: there is no global WebSocket here; pass the option WebSocket, for example the class of 'ws'",
        );
      doing = 'new WebSocket()';
      socket = new Class(address, settings.protocols);
      socket.binaryType = 'arraybuffer';
      socket.onopen = introduce;
      socket.onmessage = hear;
      // Never taken off again: a socket of `ws` that is closed while it connects emits 'error', and that kills Node if nobody listens.
      socket.onerror = stumble;
      socket.onclose = (event) => {
        forget();
        judge(event);
      };
    } catch (thrown) {
      // What was thrown may quote the address, so only our own words and its name are passed on.
      const { name, message } = (thrown || {}) as Error;
      const mayPass = doing === 'new WebSocket()' && !/^(Syntax|Security|Type)Error$/.test(name);
      fail(mayPass ? 'unknown' : 'configuration', doing ? `${doing} threw ${name}` : message);
    }
  }

  function introduce(): void {
    attempt('handshake.connect', () => socket!.send(handshake.connect(token.reveal())));
  }

  function hear({ data }: { data: unknown }): void {
    heartbeat?.heard();
    isDoubted = false;
    for (const settle of verifications) settle();

    // Classes that do not know `binaryType` give views: Node's Buffer, a Uint8Array.
    const frame = (ArrayBuffer.isView(data) ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) : data) as
      | string
      | ArrayBuffer;
    let answer: WebSocketAnswer | undefined;
    attempt('handshake.read', () => (answer = handshake.read(frame, userId !== undefined)));
    if (isOver) return;

    if (!answer) attempt('onMessage', () => settings.onMessage?.(frame));
    else if (answer.type === 'success') accept(answer.userId);
    else if (answer.type === 'error') refuse(answer);
    else if (answer.type === 'ping') attempt('handshake.pong', () => socket!.send(handshake.pong()));
    else {
      if (pongs < pings) pongs++;
      if (renewals[0] && renewals[0].ping <= pongs) renewals.shift()!.settle();
    }
  }

  function accept(user: unknown): void {
    if (!user || typeof user !== 'string') refuse({ kind: 'unknown', message: 'success without a userId' });
    else if (userId === undefined) {
      userId = user;
      if (settings.heartbeat && handshake.ping) {
        heartbeat = startHeartbeat(settings.heartbeat, clock, ping, () => fail('network', 'the server fell silent', 0));
      }
      report.success({ userId });
    } else if (user === userId) renewals.shift()?.settle();
    // A link is one user's: with another one's token the brain opens a new one, and judges who may come in.
    else if (renewals[0]) renewals.shift()!.settle({ kind: 'network', message: 'the new token is for another user' });
    else fail('wrongUser', 'success for another user');
  }

  /** A refusal belongs to the oldest renewal that is still open, otherwise to the link. */
  function refuse({ kind, code, message, retryAfter }: Failure): void {
    const known = failureKinds.includes(kind) ? kind : 'unknown';
    const reason = failure({ kind: known, code: withoutSecrets(code), message: withoutSecrets(message), retryAfter } as Failure);
    const renewal = renewals.shift();
    if (renewal) renewal.settle(reason);
    else end(reason);
  }

  function ping(): void {
    attempt('handshake.ping', () => {
      pings++;
      socket!.send((handshake.ping as () => WebSocketFrame)());
    });
  }

  function verify(giveUp: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle: Settle = (refused) => {
        verifications.delete(settle);
        giveUp.removeEventListener('abort', abort);
        if (refused) reject(refused);
        else resolve();
      };
      const abort = (): void => {
        isDoubted = true;
        settle({ kind: 'timeout', message: 'no sign of life in time' });
      };
      if (giveUp.aborted) return abort();
      if (!isOpen()) return settle(notOpen);
      giveUp.addEventListener('abort', abort);
      verifications.add(settle);
      ping();
    });
  }

  function renew(next: SecretToken): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!isOpen() || userId === undefined) return reject(notOpen);
      // The first, which stands in addresses and logs, and the last few: no server speaks of the others.
      secrets = [token, next, ...secrets.slice(1, 4)];
      renewals.push({ ping: handshake.ping ? pings + 1 : Infinity, settle: (refused) => (refused ? reject(refused) : resolve()) });
      try {
        socket!.send((handshake.renew as (token: string) => WebSocketFrame)(next.reveal()));
      } catch {
        return renewals.pop()!.settle({ kind: 'unknown', message: 'handshake.renew failed' });
      }
      if (handshake.ping) ping();
    });
  }

  /** An error is the end of a socket, but how it ended is for the close event to say, which comes in the same breath. */
  function stumble(event: typeof trouble & { error?: typeof trouble }): void {
    if (isOver) return;
    trouble = event.error || event;
    clock.clearTimeout(closeTimer);
    // Or never: Node's own WebSocket (undici 5 and 6) has none for a connection that did not come about.
    closeTimer = clock.setTimeout(() => judge({ code: 1006 }), 0);
  }

  function judge({ code, reason }: { code: number; reason?: string }): void {
    const judged = closeCodeToFailure(code, withoutSecrets(reason || trouble.message) as string | undefined);
    end(code === 1006 && typeof trouble.code === 'string' ? { ...judged, code: trouble.code } : judged);
  }

  /** The socket is gone for good. */
  function forget(): void {
    clock.clearTimeout(closeTimer);
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    socket = undefined;
    settleClosed();
  }

  function close(): Promise<void> {
    // a dead server does not say goodbye: the next link need not wait for it
    end(undefined, isDoubted ? 0 : undefined);
    return closed;
  }

  function fail(kind: FailureKind, message: string, patience?: number): void {
    end({ kind, message }, patience);
  }

  /** Lets go of everything but the socket's close event, once, and says why, unless the brain wanted it so. */
  function end(reason?: Failure, patience = closeTimeLimit): void {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener('abort', close);
    heartbeat?.stop();
    clock.clearTimeout(closeTimer);
    for (const settle of [...verifications, ...renewals.map((renewal) => renewal.settle)]) settle(reason || notOpen);
    if (socket) {
      socket.onopen = socket.onmessage = null;
      // Browsers cannot drop a socket, and Node's own (undici, Node 20) forgets the close event of one that was closed while it connected.
      // By then it is deaf and mute, so waiting longer would only keep the next link waiting.
      closeTimer = clock.setTimeout(() => (socket?.terminate ? socket.terminate() : forget()), patience);
      try {
        socket.close(1000);
      } catch {
        forget();
      }
    } else settleClosed();
    if (reason) report.error(reason);
  }

  function isOpen(): boolean {
    return !isOver && socket?.readyState === 1;
  }

  /** Servers and platforms may quote what they were given: the token, and addresses with their query and their user. */
  function withoutSecrets(text: unknown): unknown {
    if (typeof text !== 'string') return text;
    return secrets
      .reduce((clean, secret) => clean.split(secret.reveal()).join('[secret]'), text)
      .replace(/\/\/\S*@/g, '//')
      .replace(/\?\S+/g, '?…');
  }

  /** Runs what an app may have broken. Before success that ends the link, unless it is the app's own business; later it must not. */
  function attempt(what: string, run: () => unknown): void {
    const complain = (thrown: unknown): void => {
      if (userId === undefined && what !== 'onMessage') return fail('unknown', `${what} failed`);
      try {
        settings.logger?.error(`webSocketTransport: ${what} failed`, thrown);
      } catch {
        // A logger that throws has nobody to tell.
      }
    };
    try {
      // an async onMessage may reject
      (run() as Partial<Promise<unknown>> | undefined)?.catch?.(complain);
    } catch (thrown) {
      complain(thrown);
    }
  }
}

const notOpen: Failure = { kind: 'network', message: 'the link is not open' };
