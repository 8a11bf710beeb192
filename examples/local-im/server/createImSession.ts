import type { RawData, WebSocket } from 'ws';
import type { Tell } from '../shared/Fact.ts';
import { nameFailure } from '../shared/nameFailure.ts';
import { parseClientFrame } from '../shared/frames.ts';
import { createChatRoom } from './createChatRoom.ts';
import type { Faults } from './createFaults.ts';
import type { VerifyToken } from './createTokenIssuer.ts';
import { endLink, sendFrame, userOf, type ImLink } from './imLink.ts';
import { badFrameClose, failureCodes, type Refusal } from './refusals.ts';

export interface ImSessionParts {
  readonly links: Set<ImLink>;
  readonly verify: VerifyToken;
  readonly faults: Faults;
  readonly tell: Tell;
}

/** What a busy server asks its clients to wait. */
const busyMs = 2_000;
const expiryCheckMs = 1_000;

/** The IM server's side of the conversation: handshake first, then messages; every frame is checked, every end has a reason. */
export function createImSession({ links, verify, faults, tell }: ImSessionParts) {
  const deliver = createChatRoom(() => links, tell);
  /** Handshakes that the mode `hang` keeps waiting. They are answered when it ends, like those of a server that wakes up. */
  const held = new Map<ImLink, string>();

  const stopWatching = faults.onChange(({ imServer, blocked }) => {
    for (const link of [...links]) {
      if ((blocked as readonly unknown[]).includes(userOf(link))) refuse(link, 'blocked');
    }
    if (imServer === 'hang') return;
    const waiting = [...held];
    held.clear();
    for (const [link, token] of waiting) void greet(link, token);
  });
  const expiry = setInterval(() => {
    for (const link of [...links]) if (link.phase === 'up' && link.expiresAt <= Date.now()) refuse(link, 'tokenExpired');
  }, expiryCheckMs);

  function welcome(socket: WebSocket): void {
    const link: ImLink = { socket, phase: 'greeting', user: undefined, expiresAt: Infinity };
    links.add(link);
    tell({ actor: 'im server', what: 'socket.opened', text: 'a socket opened' });
    socket.on('message', (data, isBinary) => void receive(link, data, isBinary));
    // Too large a frame, bad UTF-8, a reset: `close` follows each of them.
    socket.on('error', () => undefined);
    socket.once('close', (code) => {
      links.delete(link);
      held.delete(link);
      tell({
        actor: 'im server',
        what: 'link.closed',
        ...(link.user !== undefined && { user: link.user }),
        text: `socket of ${link.user ?? 'nobody'} closed (${code})`,
      });
    });
  }

  async function receive(link: ImLink, data: RawData, isBinary: boolean): Promise<void> {
    const frame = isBinary ? undefined : parseClientFrame(String(data));
    if (!frame) return link.socket.close(badFrameClose, 'bad frame');
    if (frame.type === 'connect') {
      tell({ actor: 'im server', what: 'connect.received', text: 'a client sent its token' });
      return greet(link, frame.token);
    }
    // A hung server is silent for those inside, too: only the heartbeat can tell.
    if (faults.state.imServer === 'hang' || frame.type === 'pong') return;
    if (frame.type === 'ping') return sendFrame(link, { type: 'pong' });
    const user = userOf(link);
    if (user === undefined) return link.socket.close(badFrameClose, 'connect first');
    if (frame.type === 'renew') return renew(link, user, frame.token);
    return deliver(link, frame);
  }

  async function greet(link: ImLink, token: string): Promise<void> {
    if (link.phase !== 'greeting') return link.socket.close(badFrameClose, 'connected already');
    const { imServer, errorCode, blocked } = faults.state;
    if (imServer === 'hang') return void held.set(link, token);
    const verdict = await verify(token);
    if (!links.has(link)) return;
    if (!verdict.ok) return refuse(link, verdict.kind);
    const { userId } = verdict;
    link.user = userId;
    if (imServer === 'busy') return refuse(link, 'server', { retryAfter: busyMs });
    if (imServer === 'error') return refuse(link, 'unknown', { code: errorCode });
    if ((blocked as readonly unknown[]).includes(userId)) return refuse(link, 'blocked');
    for (const other of [...links]) if (userOf(other) === userId) refuse(other, 'kicked');
    link.phase = 'up';
    link.expiresAt = verdict.expiresAt;
    tell({ actor: 'im server', what: 'connect.accepted', user: userId, text: `accepted ${userId}` });
    sendFrame(link, { type: 'success', userId });
  }

  async function renew(link: ImLink, user: string, token: string): Promise<void> {
    const verdict = await verify(token);
    if (!links.has(link)) return;
    if (!verdict.ok) return refuse(link, verdict.kind);
    if (verdict.userId !== user) return refuse(link, 'tokenIncorrect');
    link.expiresAt = verdict.expiresAt;
    tell({ actor: 'im server', what: 'token.renewed', user, text: `took ${user}'s new token on the live link` });
    sendFrame(link, { type: 'success', userId: user });
  }

  function refuse(link: ImLink, kind: Refusal, details: { code?: number; retryAfter?: number } = {}): void {
    if (link.phase === 'ended') return;
    const wasUp = link.phase === 'up';
    const { user } = link;
    link.phase = 'ended';
    const code = details.code ?? failureCodes[kind].code;
    const who = user ?? 'a client';
    const failure = { kind, code, ...details };
    tell({
      actor: 'im server',
      what: wasUp ? 'link.ended' : 'connect.refused',
      ...(user !== undefined && { user }),
      failure,
      text: `${wasUp ? `ended ${who}'s link` : `refused ${who}`}: ${nameFailure(failure)}`,
    });
    endLink(link, kind, details);
  }

  return {
    welcome,
    announceRestart(retryAfter: number) {
      for (const link of [...links]) refuse(link, 'server', { retryAfter });
    },
    stop() {
      clearInterval(expiry);
      stopWatching();
    },
  };
}
