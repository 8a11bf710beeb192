/** The app's token server, as scripted by the scenario. Every answer is another token. */
export interface TokenProvider {
  mood: 'answers' | 'failsOnce' | 'hangs';
  /** What an app gives to its client. */
  fetchToken(): Promise<string>;
  /** For clients that take no promise. */
  tokenNow(): string;
  /** Answers every request that hangs. */
  answerNow(): void;
  readonly calls: number;
  /** Requests without an answer. */
  readonly pending: number;
}

/** Tokens are looked for by this in what clients log. Not a word that code uses. */
export const secretMark = 'S3CR3Ttoken';

/** @param realm whose promises and errors to use: some clients ask `instanceof` */
export function createTokenProvider(realm: { Promise: PromiseConstructor; Error: ErrorConstructor }): TokenProvider {
  const waiting: (() => void)[] = [];
  let calls = 0;
  const newToken = () => `${secretMark}${calls}`;

  const provider: TokenProvider = {
    mood: 'answers',
    fetchToken() {
      calls++;
      const token = newToken();
      if (provider.mood === 'hangs') return new realm.Promise((resolve) => waiting.push(() => resolve(token)));
      if (provider.mood === 'answers') return realm.Promise.resolve(token);
      provider.mood = 'answers';
      return realm.Promise.reject(new realm.Error('the token server is down'));
    },
    tokenNow() {
      calls++;
      return newToken();
    },
    answerNow() {
      provider.mood = 'answers';
      for (const answer of waiting.splice(0)) answer();
    },
    get calls() {
      return calls;
    },
    get pending() {
      return waiting.length;
    },
  };
  return provider;
}
