import type { OpenLink, Transport } from 'connection-machine';
import { expect, test } from 'vitest';
import { worldOver } from '../support/worldOver.ts';

/** A transport whose links are there when the test says so, and which is told of sign-outs. */
function slowTransport() {
  const opening: ((link: OpenLink | undefined) => void)[] = [];
  const told: unknown[] = [];
  const transport: Transport = {
    // promises are no part of the contract, and are taken all the same
    open: () => new Promise<OpenLink | undefined>((resolve) => opening.push(resolve)) as unknown as OpenLink,
    logout: () => void told.push('logout'),
  };
  return { transport, opening, told };
}

test('a sign-out while the link is on its way: it is closed when it comes, and told why, once', async () => {
  const { transport, opening, told } = slowTransport();
  const world = worldOver(transport);
  await world.connect();
  const left = world.connection.disconnect({ logout: true });
  await world.settle();
  opening[0]!({ close: (how) => void told.push(how) });
  await world.settle();
  await left;
  expect(told).toEqual([{ logout: true }]);
  expect(world.problems).toEqual([]);
});

test('what comes late and cannot be closed is said once, and nothing waits for it', async () => {
  for (const late of [undefined, {} as OpenLink]) {
    const { transport, opening } = slowTransport();
    const world = worldOver(transport);
    await world.connect();
    const left = world.connection.disconnect();
    await world.settle();
    opening[0]!(late);
    await world.settle();
    await left;
    expect(world.status).toBe('idle');
    expect(world.problems).toEqual([expect.stringContaining('returned no link with a close function')]);
  }
});

test('a sign-out while a link waits for its turn: the transport itself is told, for that link never was', async () => {
  const told: unknown[] = [];
  let closed: () => void = () => undefined;
  const world = worldOver({
    open: (_, report) => {
      report.success({ userId: 'alice' });
      return {
        close(how) {
          told.push(how);
          return new Promise<void>((resolve) => (closed = resolve));
        },
      };
    },
    logout: () => void told.push('logout'),
  });
  await world.connect();
  void world.connection.disconnect();
  await world.settle();
  await world.connect();
  const left = world.connection.disconnect({ logout: true });
  await world.settle();
  closed();
  await world.settle();
  await left;
  expect(told).toEqual([{ logout: false }, 'logout']);
});

test('a link that never was, because the old one was still closing, is not missed', async () => {
  const closes: (() => void)[] = [];
  let opened = 0;
  const transport: Transport = {
    open: () => (opened++, { close: () => new Promise<void>((resolve) => closes.push(resolve)) }),
  };
  const world = worldOver(transport);
  await world.connect();
  const left = world.connection.disconnect();
  await world.connect();
  const leftAgain = world.connection.disconnect();
  await world.settle();
  for (const close of closes) close();
  await Promise.all([left, leftAgain]);
  expect({ opened, problems: world.problems, status: world.status }).toEqual({ opened: 1, problems: [], status: 'idle' });
});
