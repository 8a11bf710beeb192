import type { Failure, FetchToken, TokenRequest } from 'connection-machine';
import type { ControlledClock } from 'connection-machine/testing';
import { garbage, type GarbageName } from './garbage.ts';

/** How the App Server answers from now on. */
export type ProviderMood =
  | 'new' // a token without an end
  | 'near' // one that ends in 20 s
  | 'far' // in an hour
  | 'past' // a second ago
  | 'same' // the last one again
  | 'refused' // one that was refused before
  | 'huge' // 200 KiB
  | 'hangs'
  | 'throws'
  | { garbage: GarbageName }
  | { rejectsGarbage: GarbageName }
  | Failure;

export interface WildRequest extends TokenRequest {
  readonly askedAt: number;
  readonly mood: ProviderMood;
  state: 'pending' | 'answered' | 'rejected';
  /** Was the answer still wanted when it came? */
  wanted: boolean;
}

export interface WildProvider {
  readonly fetchToken: FetchToken;
  readonly requests: WildRequest[];
  mood: ProviderMood;
  /** Requests that nobody has answered and nobody has called off. */
  readonly active: WildRequest[];
  tamper: (failure: unknown, token: string) => unknown;
  newToken(): string;
  /** Answers what hangs, late. */
  release(well: boolean): void;
}

export function wildProvider(clock: ControlledClock, refused: ReadonlySet<string>, newToken: () => string): WildProvider {
  const held: { resolve(token: string): void; reject(problem: unknown): void }[] = [];
  let last = newToken();

  const answer = (mood: ProviderMood): unknown => {
    if (typeof mood === 'object') {
      if ('garbage' in mood) return garbage[mood.garbage]();
      if ('rejectsGarbage' in mood) return Promise.reject(garbage[mood.rejectsGarbage]());
      return Promise.reject(provider.tamper(mood, last));
    }
    const fresh = () => (last = newToken());
    switch (mood) {
      case 'new':
        return fresh();
      case 'near':
        return { token: fresh(), expiresAt: clock.now() + 20_000 };
      case 'far':
        return { token: fresh(), expiresAt: clock.now() + 3_600_000 };
      case 'past':
        return { token: fresh(), expiresAt: clock.now() - 1_000 };
      case 'same':
        return last;
      case 'refused':
        return [...refused].at(-1) ?? fresh();
      case 'huge':
        return 'x'.repeat(200 * 1024);
      case 'hangs':
        return new Promise<string>((resolve, reject) => void held.push({ resolve, reject }));
      case 'throws':
        throw provider.tamper(new Error('the provider threw'), last);
    }
  };

  const provider: WildProvider = {
    requests: [],
    mood: 'new',
    tamper: (failure) => failure,
    newToken,
    get active() {
      return provider.requests.filter(({ state, signal }) => state === 'pending' && !signal.aborted);
    },
    fetchToken(request) {
      const mine: WildRequest = { ...request, askedAt: clock.elapsed, mood: provider.mood, state: 'pending', wanted: false };
      provider.requests.push(mine);
      const settle = (state: 'answered' | 'rejected') => {
        mine.state = state;
        mine.wanted = !request.signal.aborted;
      };
      return Promise.resolve()
        .then(() => answer(mine.mood))
        .then(
          (token) => (settle('answered'), token),
          (problem: unknown) => {
            settle('rejected');
            throw problem;
          },
        ) as Promise<string>;
    },
    release(well) {
      for (const { resolve, reject } of held.splice(0)) {
        if (well) resolve(newToken());
        else reject(provider.tamper(new Error('late'), last));
      }
    },
  };
  return provider;
}
