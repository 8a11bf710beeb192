import { settled } from '../platform/settled.ts';
import { readTokenAnswer, toTokenAnswer, type TokenAnswer } from './tokenAnswer.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';
import type { Clock } from '../platform/Clock.ts';
import type { SafeLogger } from '../logger.ts';

/** Where an app keeps its token between visits. Each function may be sync or async; what `save` is given, `load` may return. */
export interface TokenStore {
  load(): TokenAnswer | null | undefined | Promise<TokenAnswer | null | undefined>;
  save(token: TokenAnswer): unknown;
  clear(): unknown;
}

/** A store that does not answer within this is passed over: it must not keep the user from connecting. ms */
const storeTimeLimit = 2_000;

/** The app's token store, made safe: one call at a time, in order, each with a limit, and a failing one is only logged. */
export interface TokenKeeper {
  load(): Promise<SecretToken | undefined>;
  save(token: SecretToken): void;
  clear(): void;
  /** Resolves when nothing is being stored any more. */
  settled(): Promise<void>;
}

export function createTokenKeeper(store: TokenStore | undefined, clock: Clock, logger: SafeLogger): TokenKeeper {
  let last: Promise<unknown> = Promise.resolve();
  /** What was loaded need not be written back. */
  let loaded: SecretToken | undefined;

  const inTurn = <Result>(name: keyof TokenStore, call: (store: TokenStore) => Result): Promise<Awaited<Result> | undefined> => {
    if (!store) return Promise.resolve(undefined);
    const turn = last
      .then(() => settled(() => call(store), storeTimeLimit, clock))
      .catch((problem: unknown) => {
        logger.error(`tokenStore.${name} failed`, problem);
        return undefined;
      });
    last = turn;
    return turn;
  };

  return {
    load: () =>
      inTurn('load', async (from) => {
        const answer = await from.load();
        if (answer === undefined || answer === null) return undefined;
        const token = readTokenAnswer(answer, 'tokenStore.load', -Infinity);
        // what was stored long ago may well have passed its end: then there is nothing to load
        loaded = token.expiresAt !== undefined && token.expiresAt <= clock.now() ? undefined : token;
        return loaded;
      }),
    save: (token) => void (token !== loaded && inTurn('save', (to) => to.save(toTokenAnswer(token)))),
    clear: () => void inTurn('clear', (from) => from.clear()),
    settled: () => last.then(() => undefined),
  };
}
