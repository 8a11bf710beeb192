import { createConnection, type ConnectionOptions, type OpenLink, type Transport } from 'connection-machine';
import { controlledClock } from 'connection-machine/testing';

/** A connection over a transport of the test's own making, good or bad, in a world without sleep or chance. */
export function worldOver<Link extends OpenLink>(transport: Transport<Link>, options: Partial<ConnectionOptions<Link>> = {}) {
  const clock = controlledClock();
  const problems: string[] = [];
  let count = 0;
  const connection = createConnection<Link>({
    transport,
    fetchToken: async () => `token-${++count}`,
    signals: false,
    clock,
    random: () => 0.5,
    logger: { error: (message) => void problems.push(message) },
    ...options,
  });
  return {
    connection,
    clock,
    /** What was logged as an error. */
    problems,
    get status() {
      return connection.getSnapshot().status;
    },
    /** Lets promises settle, without a moment passing. */
    settle: () => clock.advance(0),
    /** Connects, as far as the transport lets it. */
    async connect(how?: { userWaiting?: boolean }) {
      connection.connect(how);
      await clock.advance(0);
    },
  };
}
