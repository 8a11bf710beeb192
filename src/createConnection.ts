import { createActor } from 'xstate';
import { connectionMachine } from '../machines/connection/connectionMachine.ts';
import { defined } from '../machines/connection/defined.ts';
import { resolvePolicy } from '../machines/connection/policy.ts';
import { SecretToken } from '../machines/connection/SecretToken.ts';
import { createAnnouncer } from './announcer.ts';
import { checkOptions, type ConnectionOptions } from './connectionOptions.ts';
import { toConnectionSnapshot, type ConnectionStatus } from './connectionSnapshot.ts';
import { createLogger } from './logger.ts';
import { persistConnection, readPersisted } from './persistedConnection.ts';
import { detectSignals } from './platform/detectSignals.ts';
import { systemClock } from './platform/Clock.ts';
import { createWatchPlatform } from './platform/watchPlatform.ts';
import { createFetchTokenActor } from './token/fetchTokenActor.ts';
import { createRedactor } from './token/redactor.ts';
import { readTokenAnswer } from './token/tokenAnswer.ts';
import { createTokenKeeper } from './token/tokenKeeper.ts';
import { createLinkActors } from './transport/linkActor.ts';
import { whenConnected } from './whenConnected.ts';
import type { ConnectionEmitted } from '../machines/connection/events.ts';
import type { Connection } from './connection.ts';
import type { OpenLink } from './transport/Transport.ts';

/**
 * Makes the connection of one user. Nothing runs before `connect()` (or, after a reload during a wait, before that wait ends).
 *
 * @throws ConnectionOptionError for a bad option, naming it.
 */
export function createConnection<Link extends OpenLink>(options: ConnectionOptions<Link>): Connection<Link> {
  checkOptions(options);
  const { transport, expectedUserId, inspect } = options;
  const policy = resolvePolicy({ 'transport.defaults': transport.defaults, policy: options.policy });

  const redactor = createRedactor();
  const logger = createLogger(options.logger, redactor);
  const { clock = systemClock, random = Math.random } = options;
  const announcer = createAnnouncer(logger);
  const keeper = createTokenKeeper(options.tokenStore, clock, logger);
  const { closeTimeLimit } = policy;
  const links = createLinkActors({ transport, closeTimeLimit, clock, redactor, logger, isAnnouncing: announcer.isAnnouncing });
  const signals = options.signals ?? detectSignals(clock);
  const token = options.token === undefined ? undefined : new SecretToken(options.token);
  const restore = readPersisted(options.restore, clock.now(), logger);
  if (token) redactor.learn(token);

  const machine = connectionMachine.provide({
    actors: {
      openLink: links.openLink,
      settleLink: links.settleLink,
      fetchToken: createFetchTokenActor({ fetchToken: options.fetchToken, keeper, redactor, clock }),
      watchPlatform: createWatchPlatform(signals, logger),
    },
    actions: {
      storeToken: ({ context }) => context.token && keeper.save(context.token),
      // a newer one may be stored already
      forgetStoredToken: ({ context }) => context.token ?? keeper.clear(),
    },
  });
  const actor = createActor(machine, {
    input: defined({ policy, now: () => clock.now(), random: () => random(), token, expectedUserId, restore }),
    clock,
    ...(inspect && {
      inspect(event: { type: string }) {
        try {
          if (typeof inspect === 'function') inspect(event);
          else inspect.next?.(event);
        } catch (problem) {
          logger.error('inspect threw', problem);
        }
      },
    }),
  });

  let snapshot = toConnectionSnapshot(actor.getSnapshot());
  let happened: ConnectionEmitted[] = [];

  actor.on('*', (event) => void happened.push(event));
  actor.subscribe({
    next(state) {
      const previous = snapshot;
      snapshot = toConnectionSnapshot(state, previous);
      const news = happened;
      happened = [];
      if (snapshot !== previous) {
        if (snapshot.status !== previous.status) logger.debug(`${previous.status} → ${snapshot.status}`, snapshot.failure);
        announcer.changed(previous, snapshot);
      }
      for (const event of news) announcer.happened(event);
    },
    error: (problem) => logger.error('the chart itself failed: please report this', problem),
  });
  actor.start();
  const report = options.recorder?.(actor);

  const whenNot = (status: ConnectionStatus) =>
    new Promise<void>((resolve) => {
      if (snapshot.status !== status) return resolve();
      const stop = announcer.subscribe((current) => {
        if (current.status === status) return;
        stop();
        resolve();
      });
    });

  const connection: Connection<Link> = {
    connect: (how) => actor.send({ type: 'user.connect', userWaiting: how?.userWaiting ?? true }),
    async disconnect(how) {
      actor.send({ type: 'user.disconnect', logout: how?.logout ?? false });
      // called from within a listener, the wish is heard when that listener is done
      await undefined;
      if (how?.logout && (snapshot.status === 'idle' || snapshot.status === 'closing')) links.signOut();
      await Promise.all([links.settled(), keeper.settled()]);
      // idle, or a connect() came in between
      await whenNot('closing');
    },
    retry: () => actor.send({ type: 'user.retry' }),
    cancel: () => actor.send({ type: 'user.cancel' }),
    setToken(answer) {
      const pushed = readTokenAnswer(answer, 'setToken', clock.now());
      redactor.learn(pushed);
      actor.send({ type: 'token.pushed', token: pushed });
    },
    getSnapshot: () => snapshot,
    subscribe: announcer.subscribe,
    on: announcer.on,
    whenConnected: (how) => whenConnected(connection, how?.signal),
    get link() {
      return snapshot.status === 'connected' ? (links.current() as Link | undefined) : undefined;
    },
    persist: () => persistConnection(actor.getSnapshot()),
    report: () => report?.(),
    actor,
    // React Native's engine may not know the symbol
    [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]: () => connection.disconnect(),
  };
  return connection;
}
