import type { Failure } from 'connection-machine';
import { createWorld } from '../../support/world.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { limits } from './limits.ts';

export const expectedUser = 'alice';

interface Beginning {
  readonly seed: number;
  /** Kept from last time. */
  readonly token: string | undefined;
  readonly canVerify: boolean;
  readonly reached: (what: string) => void;
}

/** The real connection, with the handles that the commands need and the facts that they compare. */
export function realConnection({ seed, token, canVerify, reached }: Beginning) {
  const random = seededRandom(seed);
  const waiting: { resolve(token: string): void; reject(why: Failure): void }[] = [];
  const questions: { resolve(): void; reject(why: Failure): void }[] = [];
  const world = createWorld({
    ...(token !== undefined && { token }),
    transport: canVerify ? { verify: () => new Promise<void>((resolve, reject) => questions.push({ resolve, reject })) } : {},
    fetchToken: () => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject })),
    expectedUserId: expectedUser,
    // a wait of 0 ms is over before anybody can look at it
    random: () => 0.01 + 0.98 * random(),
    policy: limits,
  });
  const { connection, clock, transport, signals, requests } = world;
  return {
    connection,
    signals,
    reached,
    began: clock.now(),
    settle: world.settle,
    advance: (ms: number) => clock.advance(ms),
    answer: (token: string) => waiting.at(-1)!.resolve(token),
    refuse: (why: Failure) => waiting.at(-1)!.reject(why),
    /** The link that is asked whether it lives answers. */
    verified: () => questions.at(-1)!.resolve(),
    notVerified: (why: Failure) => questions.at(-1)!.reject(why),
    report: () => transport.last.report,
    get snapshot() {
      return connection.getSnapshot();
    },
    get sent() {
      return transport.links.map(({ token }) => token);
    },
    get requests() {
      return requests.length;
    },
    get live() {
      return transport.live;
    },
  };
}

export type RealConnection = ReturnType<typeof realConnection>;
