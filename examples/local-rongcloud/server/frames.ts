/**
 * The binary frames of RongCloud's web link. A frame is one WebSocket message: a header byte (`command << 4 | dup << 3 | qos << 1 |
 * retain`) and the body, with no length field. There is no CONNECT frame: the token stands in the socket's URL, and the server speaks
 * first.
 */
const commands = { connack: 2, publish: 3, puback: 4, pingreq: 12, pingresp: 13, disconnect: 14 } as const;

/** 4 when the navigation answered `openAnti: 1`: the same frames, but the optional fields of a CONNACK are announced by flags. */
export type ProtocolVersion = 3 | 4;

export interface Welcome {
  readonly userId: string;
  readonly sessionId: string;
  /** epoch ms */
  readonly at: number;
}

/** What a client may send that this server reacts to; every other command is left unanswered, which the SDKs bear. */
export type ClientFrame =
  | { readonly type: 'ping' }
  | { readonly type: 'publish'; readonly messageId: number; readonly wantsAck: boolean }
  /** `disconnect(_, true)`: no more pushes for this device. */
  | { readonly type: 'disconnect'; readonly status: number }
  | { readonly type: 'other' };

/** Reads what a client sent; `undefined` for what is too short to be a frame. */
export function parseClientFrame(data: Buffer): ClientFrame | undefined {
  const first = data[0];
  if (first === undefined) return undefined;
  switch (first >> 4) {
    case commands.pingreq:
      return { type: 'ping' };
    case commands.disconnect:
      return data.length < 3 ? undefined : { type: 'disconnect', status: data.readUInt8(2) };
    case commands.publish: {
      // behind the topic and the target
      const targetEnd = endOfText(data, endOfText(data, 1));
      if (targetEnd === undefined || targetEnd + 2 > data.length) return undefined;
      return { type: 'publish', messageId: data.readUInt16BE(targetEnd), wantsAck: (first & 0b110) !== 0 };
    }
    default:
      return { type: 'other' };
  }
}

export function connackAccepted(version: ProtocolVersion, { userId, sessionId, at }: Welcome): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigInt64BE(BigInt(at));
  // Flags of version 4: user, session, time, and a first message id.
  const flags = version === 4 ? Buffer.of(0b1111) : Buffer.alloc(0);
  const firstMessageId = version === 4 ? Buffer.of(0, 0) : Buffer.alloc(0);
  return Buffer.concat([header(commands.connack), Buffer.of(0, 0), flags, text(userId), text(sessionId), time, firstMessageId]);
}

export function connackRefused(status: number): Buffer {
  return Buffer.concat([header(commands.connack), Buffer.of(0, status)]);
}

export function disconnectFrame(status: number): Buffer {
  return Buffer.concat([header(commands.disconnect), Buffer.of(0, status)]);
}

export function pong(): Buffer {
  return header(commands.pingresp);
}

/** Says that a published message has arrived, and under which name. */
export function puback(messageId: number, messageUid: string, at: number): Buffer {
  const body = Buffer.alloc(10);
  body.writeUInt16BE(messageId, 0);
  body.writeInt32BE(Math.floor(at / 1000), 2);
  // bytes 6 and 7: status 0
  body.writeUInt16BE(at % 1000, 8);
  return Buffer.concat([header(commands.puback), body, text(messageUid)]);
}

function header(command: number): Buffer {
  return Buffer.of(command << 4);
}

/** Strings are UTF-8 behind two bytes of length. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}

function endOfText(data: Buffer, start: number | undefined): number | undefined {
  if (start === undefined || start + 2 > data.length) return undefined;
  return start + 2 + data.readUInt16BE(start);
}
