import { randomBytes, randomUUID } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import type { VerifyToken } from '../../local-im/server/createTokenIssuer.ts';
import type { Tell } from '../../local-im/shared/Fact.ts';
import { nameFailure } from '../../local-im/shared/nameFailure.ts';
import type { RongCloudBehaviour } from './behaviour.ts';
import { createWaitingRoom } from './createWaitingRoom.ts';
import { connackAccepted, connackRefused, disconnectFrame, parseClientFrame, pong, puback, type ProtocolVersion } from './frames.ts';
import type { RongCloudCounts } from './RongCloudCounts.ts';
import { connack, connackStatuses, disconnect, disconnectStatuses, failureOf } from './statuses.ts';

/** What the socket's URL says. */
export interface ConnectQuery {
  readonly appKey: string;
  /** Without the navigators that may stand behind an `@`. */
  readonly token: string;
  readonly version: ProtocolVersion;
}

export interface RongCloudLink {
  readonly socket: WebSocket;
  /** `greeting` until the token is accepted, `ended` once it was told to go. Only a link that is `up` is anybody's. */
  phase: 'greeting' | 'up' | 'ended';
  user: string | undefined;
  /** epoch ms: when its token runs out. */
  expiresAt: number;
}

export interface RongCloudSessionParts {
  readonly links: Set<RongCloudLink>;
  readonly verify: VerifyToken;
  readonly behaviour: () => RongCloudBehaviour;
  readonly counts: RongCloudCounts;
  readonly appKey: string;
  readonly tell: Tell;
}

const expiryCheckMs = 1_000;

/** The server's side of the conversation, from the open socket to its end. */
export function createRongCloudSession({ links, verify, behaviour, counts, appKey, tell }: RongCloudSessionParts) {
  const held = createWaitingRoom();
  const expiry = setInterval(() => {
    for (const link of [...links]) if (link.phase === 'up' && link.expiresAt <= Date.now()) end(link, disconnect.tokenExpired);
  }, expiryCheckMs);

  function welcome(socket: WebSocket, query: ConnectQuery): void {
    const link: RongCloudLink = { socket, phase: 'greeting', user: undefined, expiresAt: Infinity };
    links.add(link);
    tell({ actor: 'im server', what: 'socket.opened', text: 'a socket opened' });
    socket.on('message', (data, isBinary) => receive(link, data, isBinary));
    // Too large a frame, a reset: `close` follows each of them.
    socket.on('error', () => undefined);
    socket.once('close', (code) => {
      links.delete(link);
      tell({
        actor: 'im server',
        what: 'link.closed',
        ...(link.user !== undefined && { user: link.user }),
        text: `socket of ${link.user ?? 'nobody'} closed (${code})`,
      });
    });
    tell({ actor: 'im server', what: 'connect.received', text: 'a client sent its token' });
    void greet(link, query);
  }

  async function greet(link: RongCloudLink, query: ConnectQuery): Promise<void> {
    if (!links.has(link)) return;
    const mode = behaviour().connack;
    switch (mode) {
      case 'hang': {
        const { leave } = held.hold(() => void greet(link, query));
        link.socket.once('close', leave);
        return;
      }
      case 'redirect':
        return refuse(link, connack.redirect);
      case 'drop':
        return link.socket.terminate();
      case 'garbage':
        // 0xf is no command of the protocol
        return send(link, Buffer.concat([Buffer.of(0xf0), randomBytes(32)]));
      case 'normal':
        break;
      default:
        return refuse(link, mode.status);
    }
    if (query.appKey !== appKey) return refuse(link, connack.wrongAppKey);
    const verdict = await verify(query.token);
    if (!links.has(link)) return;
    if (!verdict.ok) return refuse(link, verdict.kind === 'tokenExpired' ? connack.tokenExpired : connack.tokenIncorrect);
    const { userId, expiresAt } = verdict;
    link.user = userId;
    if (behaviour().blocked.includes(userId)) return refuse(link, connack.blocked);
    if (behaviour().kick) {
      for (const other of [...links]) if (other.phase === 'up' && other.user === userId) end(other, disconnect.kicked);
    }
    link.phase = 'up';
    link.expiresAt = expiresAt;
    counts.accepted += 1;
    tell({ actor: 'im server', what: 'connect.accepted', user: userId, text: `accepted ${userId}` });
    send(link, connackAccepted(query.version, { userId, sessionId: randomUUID(), at: Date.now() }));
  }

  function receive(link: RongCloudLink, data: RawData, isBinary: boolean): void {
    const frame = isBinary && Buffer.isBuffer(data) ? parseClientFrame(data) : undefined;
    if (!frame) return link.socket.close(1002, 'bad frame');
    if (link.phase !== 'up') return;
    switch (frame.type) {
      case 'ping':
        counts.pings += 1;
        if (behaviour().pong === 'normal') send(link, pong());
        return;
      case 'publish':
        if (frame.wantsAck) send(link, puback(frame.messageId, randomUUID(), Date.now()));
        return;
      case 'disconnect':
        return link.socket.close(1000);
      case 'other':
        return;
    }
  }

  function refuse(link: RongCloudLink, status: number): void {
    if (link.phase !== 'greeting') return;
    link.phase = 'ended';
    counts.refused += 1;
    const failure = failureOf(connackStatuses, status);
    const text = `refused ${link.user ?? 'a client'}: ${nameFailure(failure)}`;
    tell({ actor: 'im server', what: 'connect.refused', ...(link.user !== undefined && { user: link.user }), failure, text });
    send(link, connackRefused(status));
    link.socket.close(1000);
  }

  function end(link: RongCloudLink, status: number): void {
    if (link.phase !== 'up') return;
    link.phase = 'ended';
    const failure = failureOf(disconnectStatuses, status);
    const text = `ended ${link.user ?? 'a client'}'s link: ${nameFailure(failure)}`;
    tell({ actor: 'im server', what: 'link.ended', ...(link.user !== undefined && { user: link.user }), failure, text });
    send(link, disconnectFrame(status));
    link.socket.close(1000);
  }

  return {
    welcome,
    end,
    /** To be called when the behaviour has changed. */
    reconsider() {
      const { blocked } = behaviour();
      for (const link of [...links]) if (link.user !== undefined && blocked.includes(link.user)) end(link, disconnect.blocked);
      // if it still hangs, they are held again
      held.release();
    },
    stop: () => clearInterval(expiry),
  };
}

function send({ socket }: RongCloudLink, frame: Buffer): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(frame);
}
