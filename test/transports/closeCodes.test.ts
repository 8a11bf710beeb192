import { closeCodeToFailure } from 'connection-machine/transports/websocket';
import { afterEach, describe, expect, it } from 'vitest';
import { failureKinds } from '../../machines/connection/failure.ts';
import { closeCodeReasons } from '../../src/transports/websocket/closeCodeReasons.ts';
import { closeCodes } from '../../src/transports/websocket/closeCodes.ts';
import { nextError, openConnectedLink, openTestLink } from './support/openTestLink.ts';
import { startServer, stopServers } from './support/startServer.ts';

const rows = Object.entries(closeCodes).flatMap(([kind, names]) =>
  Object.entries(names).map(([code, name]) => ({ code: Number(code), kind, name })),
);

afterEach(stopServers);

describe('the close code table', () => {
  it('has each code once, with a kind of the failure table, a name, a reason and a source', () => {
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    expect(Object.keys(closeCodeReasons).map(Number).sort()).toEqual(rows.map((row) => row.code).sort());
    for (const { code, kind, name } of rows) {
      const { reason, source } = closeCodeReasons[code as keyof typeof closeCodeReasons];
      expect(failureKinds, `${code}`).toContain(kind);
      expect(name, `${code}`).toMatch(/^[A-Za-z][A-Za-z ]+$/);
      expect(reason, `${code}`).toMatch(/^[A-Z].{30,}\.$/);
      expect(source, `${code}`).toMatch(code >= 4000 ? /^connection-machine/ : /^(RFC 6455|IANA)/);
    }
  });

  it('knows every code of RFC 6455 and of the IANA registry', () => {
    const known = rows.map((row) => row.code);
    for (let code = 1000; code <= 1015; code++) expect(known).toContain(code);
    for (const code of [3000, 3003, 3008]) expect(known).toContain(code);
  });

  it('judges the codes of the design as the design says', () => {
    const kinds = (...codes: number[]) => codes.map((code) => closeCodeToFailure(code).kind);
    expect(kinds(4401, 4403, 4409)).toEqual(['tokenIncorrect', 'blocked', 'kicked']);
    expect(new Set(kinds(4429, 1012, 1013))).toEqual(new Set(['server']));
    expect(new Set(kinds(1001, 1005, 1006, 1011, 1014))).toEqual(new Set(['network']));
  });

  it('takes every code outside the table for unknown and keeps the code', () => {
    for (const code of [0, 999, 1016, 2999, 3001, 4000, 4999, 70_000, NaN]) {
      expect(closeCodeToFailure(code)).toEqual({ kind: 'unknown', code, message: `closed with ${code}, in no table` });
    }
    expect(closeCodeToFailure('constructor' as never).kind).toBe('unknown');
    expect(closeCodeToFailure(4409, Object.create(null) as never).message).toBe('closed with 4409, conflict');
  });

  it('puts the code, its name and the words of the server into the message', () => {
    expect(closeCodeToFailure(4409, 'signed in on a tablet')).toEqual({
      kind: 'kicked',
      code: 4409,
      message: 'closed with 4409, conflict: signed in on a tablet',
    });
  });
});

// 1004 and 1015 cannot come over the wire, 1005 and 1006 are not sent but happen: no code in the close frame, no close frame at all.
const sendable = rows.filter(({ code }) => ![1004, 1005, 1006, 1015].includes(code));

describe('over a real socket', () => {
  it.each(sendable)('reports $kind when the server closes with $code instead of accepting', async ({ code, kind }) => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    peer.socket.close(code, 'because');
    expect(await nextError(test)).toEqual(closeCodeToFailure(code, 'because'));
    expect(test.reported).toMatchObject([{ error: { kind, code } }]);
  });

  it.each(sendable)('reports $kind when the server closes a live link with $code', async ({ code, kind }) => {
    const test = await openConnectedLink(await startServer());
    test.peer.socket.close(code);
    expect(await nextError(test)).toMatchObject({ kind, code });
  });

  it('reports network when the server closes without a code', async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.socket.close();
    expect(await nextError(test)).toMatchObject({ kind: 'network', code: 1005 });
  });

  it('reports network when the connection breaks without a close frame', async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.socket.terminate();
    expect(await nextError(test)).toMatchObject({ kind: 'network', code: 1006 });
  });
});
