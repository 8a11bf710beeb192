import { createConnection, failure, type OpenLink, type Transport, type TransportReport } from 'connection-machine';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { worldOver } from '../support/worldOver.ts';

interface ChatLink extends OpenLink {
  send(text: string): void;
}

/** A transport whose open links can do more than the brain needs. */
function chatTransport() {
  const sent: string[] = [];
  const reports: TransportReport[] = [];
  const transport: Transport<ChatLink> = {
    open(_, report) {
      reports.push(report);
      return { send: (text) => void sent.push(text), close: () => undefined };
    },
  };
  return { transport, sent, reports };
}

describe('connection.link', () => {
  it("is the transport's own link, with its own methods, while connected", async () => {
    const { transport, sent, reports } = chatTransport();
    const world = worldOver(transport);
    expectTypeOf(world.connection.link).toEqualTypeOf<ChatLink | undefined>();
    await world.connect();
    reports[0]?.success({ userId: 'alice' });
    world.connection.link?.send('hello');
    expect(sent).toEqual(['hello']);
  });

  it('takes its type from the transport, without being told', () => {
    const make = () => createConnection({ transport: chatTransport().transport, fetchToken: async () => 'token' });
    expectTypeOf(make).returns.toHaveProperty('link').toEqualTypeOf<ChatLink | undefined>();
  });

  it('is there before connected, gone in every other state, and new after a reconnect', async () => {
    const { transport, reports } = chatTransport();
    const { connection, connect, clock } = worldOver(transport);
    const seen: string[] = [];
    const links = new Set<unknown>();
    connection.on('change', ({ current }) => {
      seen.push(`${current.status}: ${connection.link ? 'link' : 'none'}`);
      links.add(connection.link);
    });
    await connect();
    reports[0]?.success({ userId: 'alice' });
    reports[0]?.interrupted();
    reports[0]?.error(failure({ kind: 'network' }));
    await clock.advance(1_000);
    reports[1]?.success({ userId: 'alice' });
    await connection.disconnect();
    expect(seen).toEqual([
      'fetchingToken: none',
      'connecting: none',
      'connected: link',
      'recovering: none',
      'waiting: none',
      'connecting: none',
      'connected: link',
      'closing: none',
      'idle: none',
    ]);
    links.delete(undefined);
    expect(links.size).toBe(2);
  });

  it('is there inside the connected listener', async () => {
    const { transport, sent, reports } = chatTransport();
    const { connection, connect } = worldOver(transport);
    connection.on('connected', ({ userId }) => connection.link?.send(`${userId} is here`));
    await connect();
    reports[0]?.success({ userId: 'alice' });
    expect(sent).toEqual(['alice is here']);
  });
});
