import type { TokenAnswer, TokenStore } from 'connection-machine';
import { garbage, type GarbageName } from './garbage.ts';

export type StoreMood = 'works' | 'hangs' | 'throws' | 'rejects' | { loads: GarbageName };

/** A token store that may hang or fail. */
export interface WildStore extends TokenStore {
  kept: TokenAnswer | undefined;
  mood: StoreMood;
  tamper: (problem: Error, token: string) => unknown;
}

export function wildStore(): WildStore {
  const play = <Result>(work: () => Result): Result | Promise<Result> => {
    if (store.mood === 'hangs') return new Promise<Result>(() => undefined);
    const problem = () => store.tamper(new Error('the store failed'), tokenOf(store.kept));
    if (store.mood === 'throws') throw problem();
    if (store.mood === 'rejects') return Promise.reject(problem());
    return work();
  };
  const store: WildStore = {
    kept: undefined,
    mood: 'works',
    tamper: (problem) => problem,
    load: () => play(() => (typeof store.mood === 'object' ? (garbage[store.mood.loads]() as TokenAnswer) : store.kept)),
    save: (token) => play(() => void (store.kept = token)),
    clear: () => play(() => void (store.kept = undefined)),
  };
  return store;
}

export function tokenOf(answer: TokenAnswer | undefined): string {
  return typeof answer === 'object' ? answer.token : (answer ?? '');
}
