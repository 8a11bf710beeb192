import {
  createConnection,
  defaultPolicy,
  type ConnectionEvents,
  type ConnectionOptions,
  type ConnectionPolicy,
  type ConnectionSnapshot,
} from 'connection-machine';
import { controlledClock, manualSignals } from 'connection-machine/testing';
import { seededRandom } from './seededRandom.ts';
import type { Beginning, Step } from './steps.ts';
import { wildProvider } from './wildProvider.ts';
import { wildStore } from './wildStore.ts';
import { goodMood, wildTransport } from './wildTransport.ts';

export const eventNames = ['connected', 'databaseOpened', 'prompt', 'tokenRenewed', 'kicked', 'failed', 'disconnected'] as const;

/** What was announced, in order. */
export type Announcement =
  | { name: 'change'; at: number; now: number; payload: ConnectionEvents['change'] }
  | {
      [Name in (typeof eventNames)[number]]: { name: Name; at: number; now: number; payload: ConnectionEvents[Name] };
    }[(typeof eventNames)[number]];

const calmBeginning: Beginning = {
  seed: 1,
  kept: false,
  stored: false,
  hasStore: false,
  hasSignals: true,
  expectsAlice: false,
  policy: {},
  transport: goodMood,
  provider: 'new',
};

/** A connection among servers, platforms and people who do whatever they like; everything that can be seen from outside is on record. */
export function wildWorld(beginning: Partial<Beginning> = {}, options: Partial<ConnectionOptions> = {}, makeToken?: () => string) {
  const start = { ...calmBeginning, ...beginning };
  const policy: ConnectionPolicy = { ...defaultPolicy, ...start.policy, ...options.policy };
  const clock = controlledClock();
  const signals = manualSignals();
  const transport = wildTransport(clock, policy.closeTimeLimit, 'alice');
  transport.mood = { ...start.transport };
  let tokens = 0;
  const newToken = makeToken ?? (() => `tok-${++tokens}`);
  const provider = wildProvider(clock, transport.refused, newToken);
  provider.mood = start.provider;
  const store = wildStore();
  if (start.stored) store.kept = newToken();
  const log: { level: string; message: string; detail: unknown }[] = [];
  const at = (level: string) => (message: string, detail?: unknown) => void log.push({ level, message, detail });

  const connection = createConnection({
    transport,
    fetchToken: provider.fetchToken,
    clock,
    random: seededRandom(start.seed),
    signals: start.hasSignals ? signals : false,
    logger: { debug: at('debug'), warn: at('warn'), error: at('error') },
    ...(start.kept && { token: newToken() }),
    ...(start.hasStore && { tokenStore: store }),
    ...(start.expectsAlice && { expectedUserId: 'alice' }),
    ...options,
    policy: { ...start.policy, ...options.policy },
  });

  const announcements: Announcement[] = [];
  const record = (name: Announcement['name']) =>
    connection.on(
      name,
      (payload: unknown) => void announcements.push({ name, at: clock.elapsed, now: clock.now(), payload } as Announcement),
    );
  record('change');
  eventNames.forEach(record);

  const platform = { online: true };
  const disconnects: Promise<void>[] = [];
  let lastPushed = newToken();

  const act = (step: Step): void => {
    const lastLink = transport.links.at(-1);
    switch (step.do) {
      case 'connect':
        return connection.connect({ userWaiting: step.userWaiting });
      case 'disconnect':
        return void disconnects.push(connection.disconnect({ logout: step.logout }));
      case 'retry':
        return connection.retry();
      case 'cancel':
        return connection.cancel();
      case 'setToken': {
        if (step.which === 'refused') lastPushed = [...transport.refused].at(-1) ?? lastPushed;
        else if (step.which !== 'same') lastPushed = newToken();
        return connection.setToken(step.which === 'near' ? { token: lastPushed, expiresAt: clock.now() + 20_000 } : lastPushed);
      }
      case 'jump':
        return clock.jump(step.ms);
      case 'network':
        platform.online = step.online;
        return signals.network(step.online);
      case 'app':
        return signals.app(step.foreground);
      case 'woke':
        return signals.woke(step.sleptMs);
      case 'hear':
        return lastLink && transport.tell(lastLink, step.word);
      case 'hearLate': {
        const dead = transport.links.filter(({ request }) => request.signal.aborted);
        const link = dead[step.link % dead.length];
        return link && transport.tell(link, step.word);
      }
      case 'transport':
        return void (transport.mood = { ...transport.mood, ...step.mood });
      case 'provider':
        return void (provider.mood = step.mood);
      case 'store':
        return void (store.mood = step.mood);
      case 'release':
        return step.what === 'token' ? provider.release(step.well) : transport.release(step.what, step.well);
      case 'pass':
        return undefined;
    }
  };

  const world = {
    connection,
    policy,
    clock,
    signals,
    transport,
    provider,
    store,
    log,
    announcements,
    disconnects,
    newToken,
    platform,
    get snapshot(): ConnectionSnapshot {
      return connection.getSnapshot();
    },
    get status() {
      return connection.getSnapshot().status;
    },
    /** Are platform reports listened to, and is the last one "offline"? */
    get isOffline() {
      return start.hasSignals && !platform.online && signals.listeners > 0;
    },
    get changes(): ConnectionEvents['change'][] {
      return announcements.flatMap((one) => (one.name === 'change' ? [one.payload] : []));
    },
    named: <Name extends Announcement['name']>(name: Name) =>
      announcements.filter((one): one is Extract<Announcement, { name: Name }> => one.name === name),
    async play(step: Step): Promise<void> {
      act(step);
      if (!step.rush) await clock.advance(step.do === 'pass' ? step.ms : 0);
    },
    /** Lets promises settle, without a moment passing. */
    settle: () => clock.advance(0),
    /** Disconnects and lets time pass until the promise resolves. Returns how long it took. */
    async disconnected(logout = false): Promise<number> {
      const start = clock.elapsed;
      let isDone = false;
      void connection.disconnect({ logout }).then(() => (isDone = true));
      await clock.advance(0);
      while (!isDone && clock.elapsed - start < 3_600_000) await clock.advance(100);
      return clock.elapsed - start;
    },
    /** From now on everybody behaves; what hangs already goes on hanging. */
    turnGood() {
      transport.mood = { ...goodMood };
      provider.mood = 'new';
      store.mood = 'works';
      platform.online = true;
      signals.network(true);
    },
  };
  return world;
}

export type WildWorld = ReturnType<typeof wildWorld>;
