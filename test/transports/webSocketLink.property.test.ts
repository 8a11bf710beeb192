import { webSocketTransport } from 'connection-machine/transports/websocket';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureKinds } from '../../machines/connection/failure.ts';
import { SecretToken } from '../../machines/connection/SecretToken.ts';
import { FakeWebSocket } from './support/FakeWebSocket.ts';
import { ManualClock } from './support/ManualClock.ts';

const secret = 'tok-0123456789';

/** One thing that a socket, a server, the brain or time may do. */
type Step =
  | { do: 'open' | 'close' | 'abort' | 'verify' | 'giveUp' | 'renew' | 'send' | 'breakSend' | 'breakClose' | 'breakApp' }
  | { do: 'frame'; data: unknown }
  | { do: 'error'; event: object }
  | { do: 'closed'; code: unknown; reason: string }
  | { do: 'advance'; ms: number };

const answer = fc.oneof(
  fc.record({ type: fc.constant('success'), userId: fc.oneof(fc.constantFrom('ann', 'bob', ''), fc.anything()) }),
  fc.record({
    type: fc.constant('error'),
    kind: fc.oneof(fc.constantFrom(...failureKinds), fc.anything()),
    code: fc.anything(),
    message: fc.constantFrom(secret, 'no', 7),
    retryAfter: fc.anything(),
  }),
  fc.record({ type: fc.constantFrom('ping', 'pong', 'connect', 'renew', 'app', '__proto__') }),
);
const frame = fc.oneof(
  { weight: 4, arbitrary: answer.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.uint8Array() },
  { weight: 1, arbitrary: fc.anything() },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('open', 'close', 'abort', 'verify', 'giveUp', 'renew', 'send', 'breakSend', 'breakClose', 'breakApp'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('frame'), data: frame }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('error'),
      event: fc.oneof(fc.constant({}), fc.record({ error: fc.anything(), message: fc.anything() })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('closed'),
      code: fc.oneof(fc.constantFrom(1000, 1006, 4401, undefined, null, '', 'constructor'), fc.integer(), fc.double()),
      reason: fc.constantFrom('', secret),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.constantFrom(1, 2_000, 4_000, 10_000, 60_000) }) },
) as fc.Arbitrary<Step>;

describe('whatever a socket, a server and an app do', () => {
  it('a link reports at most one end, success at most once and before it, nothing after close, and nothing throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { size: '+1' }), fc.boolean(), async (steps, opensFirst) => {
        const clock = new ManualClock();
        const controller = new AbortController();
        const reported: string[] = [];
        const failures: unknown[] = [];
        let isClosed = false;
        let appIsBroken = false;
        let giveUp = new AbortController();
        const answers: Promise<unknown>[] = [];
        const record = (what: string) => (detail?: unknown) => {
          reported.push(isClosed ? `${what} after close` : what);
          if (what === 'error') failures.push(detail);
        };
        const transport = webSocketTransport({
          url: 'ws://x',
          WebSocket: FakeWebSocket,
          clock,
          onMessage: () => {
            if (isClosed || reported.includes('error')) reported.push('message after the end');
            if (appIsBroken) throw new Error('app');
          },
        });
        const report = {
          success: record('success'),
          error: record('error'),
          dbOpened: record('dbOpened'),
          interrupted: record('interrupted'),
        };
        const link = transport.open({ token: new SecretToken(secret), signal: controller.signal }, report);
        const socket = FakeWebSocket.last!;
        if (opensFirst) {
          socket.open();
          socket.message('{"type":"success","userId":"ann"}');
        }
        const ask = (promise: Promise<unknown>): void =>
          void answers.push(
            promise.then(
              () => 'yes',
              (failure) => failures.push(failure),
            ),
          );

        for (const each of steps) {
          if (each.do === 'open' && socket.readyState === 0) socket.open();
          if (each.do === 'frame') socket.message(each.data);
          if (each.do === 'error') socket.error(each.event);
          if (each.do === 'closed') socket.closed(each.code as number, each.reason);
          if (each.do === 'advance') clock.advance(each.ms);
          if (each.do === 'breakSend') socket.sendThrows = new Error(secret);
          if (each.do === 'breakClose') socket.closeThrows = new Error(secret);
          if (each.do === 'breakApp') appIsBroken = true;
          if (each.do === 'giveUp') {
            giveUp.abort();
            giveUp = new AbortController();
          }
          if (each.do === 'verify') ask(link.verify!(giveUp.signal));
          if (each.do === 'renew') ask(link.renew!(new SecretToken(`${secret}-2`)));
          if (each.do === 'send' && socket.sendThrows === undefined && socket.readyState === 1 && !isClosed && !reported.includes('error'))
            link.send('hello');
          if (each.do === 'close') void link.close();
          if (each.do === 'abort') controller.abort();
          isClosed ||= each.do === 'close' || each.do === 'abort';
          // the heartbeat's, and the wait for a close event
          expect(clock.pending).toBeLessThanOrEqual(2);
        }

        expect(['', 'success', 'error', 'success error']).toContain(reported.join(' '));
        expect(JSON.stringify(failures)).not.toContain(secret);

        // And whatever happened, the end is clean: every promise settles, no timer is left.
        const closed = link.close();
        socket.closed(1000);
        await Promise.all([closed, ...answers]);
        expect(clock.pending).toBe(0);
        expect([socket.onopen, socket.onmessage, socket.onclose]).toEqual([null, null, null]);
      }),
      {
        numRuns: 500,
        // Once seen: after many renewals the server still quotes the token that the link was opened with.
        examples: [[[...Array.from({ length: 5 }, (): Step => ({ do: 'renew' })), { do: 'closed', code: 4_000, reason: secret }], true]],
      },
    );
  });
});
