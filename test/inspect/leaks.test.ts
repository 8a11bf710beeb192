import fc from 'fast-check';
import { createActor, fromCallback, fromPromise } from 'xstate';
import { describe, expect, test } from 'vitest';
import { failureKinds, type FailureKind } from 'connection-machine';
import { createRecorder, inspectConnection, readReport } from 'connection-machine/inspect';
import {
  connectionMachine,
  SecretToken,
  toFailure,
  type DatabaseEvent,
  type LinkCommand,
  type LinkEvent,
  type OpenLinkInput,
} from 'connection-machine/machine';
import { carriers, everythingSeen } from '../laws/support/leaks.ts';
import { anyStory } from '../laws/support/steps.ts';
import { often } from '../laws/support/walk.ts';
import { wildWorld } from '../laws/support/wildWorld.ts';
import { statuses, worldIn } from '../support/worldIn.ts';
import { everySink } from './support/everySink.ts';
import { failAll } from './support/failAll.ts';

/** In every token of these tests. No escaping changes it, so it cannot hide. */
const marker = 'S3CR3T';

const sinks = Object.keys(everySink);

/** All sinks at once over one connection, and what left through each of them. */
function watchAll(connection: Parameters<typeof inspectConnection>[0]) {
  const watched = Object.entries(everySink).map(([name, make]) => ({ name, ...make() }));
  const stop = inspectConnection(
    connection,
    watched.map(({ sink }) => sink),
    { allowEvents: true },
  );
  return { watched, stop };
}

function expectSecret(name: string, seen: unknown): void {
  const text = everythingSeen(seen, 12);
  const at = text.indexOf(marker);
  if (at >= 0) expect.fail(`the secret left through ${name}: …${text.slice(Math.max(0, at - 300), at + 100)}…`);
}

describe(`the secret leaves through no sink: ${sinks.join(', ')}, nor in a report`, () => {
  test.each(statuses)('in %s, whatever fails, and however the token is carried', async (status) => {
    for (const kind of failureKinds) {
      let tokens = 0;
      const newToken = () => `${marker}-${kind}-${++tokens}`;
      const world = await worldIn(status, {
        recorder: createRecorder({ size: 1_000_000 }),
        ...(status !== 'fetchingToken' && { fetchToken: () => newToken() }),
      });
      const { watched, stop } = watchAll(world.connection);
      for (const carry of Object.values(carriers)) {
        // a token that the library was never given cannot be recognised
        const token = newToken();
        world.connection.setToken(token);
        await failAll(world, kind, carry(token));
      }
      stop();
      for (const { name, crossed } of watched) {
        expect(crossed.length, `${name} was told something`).toBeGreaterThan(1);
        expectSecret(name, crossed);
      }
      const report = world.connection.report()!;
      expect(report.steps.length).toBeGreaterThan(1);
      expectSecret('connection.report()', report);
      expectSecret('readReport()', readReport(report));
    }
  });

  test('in any world, whatever anybody does', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 25 }), fc.constantFrom(...Object.keys(carriers)), async ({ beginning, steps }, how) => {
        let tokens = 0;
        const world = wildWorld({ ...beginning, hasStore: true }, { recorder: createRecorder() }, () => `${marker}${++tokens}`);
        const known = () => world.transport.sent.at(-1)?.token ?? '';
        world.transport.tamper = (failure, token) => ({
          ...failure,
          code: carriers[how]!(token) as string,
          message: `${token} is bad`,
          cause: carriers[how]!(token),
        });
        world.provider.tamper = () => carriers[how]!(known());
        const { watched, stop } = watchAll(world.connection);
        for (const step of steps) await world.play(step);
        await world.settle();
        stop();
        for (const { name, crossed } of watched) expectSecret(name, crossed);
        expectSecret('connection.report()', world.connection.report());
      }),
      often(80),
    );
  });

  test('of an actor whose services somebody else has provided, and told nobody of their tokens', async () => {
    for (const carry of Object.values(carriers)) {
      let tokens = 0;
      const machine = connectionMachine.provide({
        actors: {
          fetchToken: fromPromise(async () => new SecretToken(`${marker}-${++tokens}`)),
          openLink: fromCallback<LinkCommand, OpenLinkInput, LinkEvent | DatabaseEvent>(({ input, sendBack, receive }) => {
            const failing = (kind: FailureKind, token: SecretToken) =>
              toFailure({ kind, message: `${token.reveal()} is bad`, code: token.reveal(), cause: carry(token.reveal()) });
            receive((command) => {
              // a token that nobody has seen before, in the same breath as the text that quotes it
              if (command.type === 'link.renew')
                sendBack({ type: 'link.renewalFailed', token: command.token, failure: failing('tokenIncorrect', command.token) });
            });
            if (tokens < 3) sendBack({ type: 'link.failed', failure: failing('tokenIncorrect', input.token) });
            else sendBack({ type: 'link.succeeded', userId: String(carry(input.token.reveal())), canVerify: true, canRenew: true });
          }),
        },
      });
      const actor = createActor(machine, { input: { policy: { maxTokenRenewals: 9 } } }).start();
      const { watched, stop } = watchAll(actor);
      const report = createRecorder()(actor);
      actor.send({ type: 'user.connect', userWaiting: false });
      for (let turns = 0; turns < 40; turns += 1) await Promise.resolve();
      actor.send({ type: 'token.pushed', token: new SecretToken(`${marker}-pushed`) });
      for (let turns = 0; turns < 40; turns += 1) await Promise.resolve();
      expect(actor.getSnapshot().context.refusedTokens.length).toBeGreaterThan(2);
      // a token that the chart does not keep, beside the text that quotes it
      const stray = new SecretToken(`${marker}-stray`);
      const failure = toFailure({ kind: 'kicked', message: `${stray.reveal()} is bad`, code: stray.reveal() });
      expect(actor.getSnapshot().matches({ session: { link: 'connected' } })).toBe(true);
      actor.send({ type: 'link.renewalFailed', token: stray, failure });
      expect(actor.getSnapshot().matches({ session: 'kicked' })).toBe(true);
      stop();
      for (const { name, crossed } of watched) expectSecret(name, crossed);
      expectSecret('the report', report());
      actor.stop();
    }
  });

  test('this test can fail: a sink that is given the raw events would be caught', async () => {
    const seen: unknown[] = [];
    const world = await worldIn('connecting', { fetchToken: () => `${marker}-1` });
    const { context } = world.connection.actor.getSnapshot();
    seen.push(context.token?.reveal());
    expect(() => expectSecret('nobody', seen)).toThrow('the secret left through nobody');
  });
});
