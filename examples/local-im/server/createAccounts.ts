import { randomBytes } from 'node:crypto';
import { isPerson, people, type Person } from '../shared/people.ts';
import { isSameSecret } from './isSameSecret.ts';

/** The app's own login: passwords in, sessions out. It has nothing to do with IM tokens, which only a session can ask for. */
export interface Accounts {
  /** Made anew at each start; the admin panel shows them to whoever holds its key. */
  readonly passwords: Readonly<Record<Person, string>>;
  login(user: unknown, password: unknown): { readonly session: string; readonly user: Person } | undefined;
  whoIs(session: string | undefined): Person | undefined;
  logout(session: string | undefined): void;
}

/** A forgotten demo must not grow: the oldest session goes when one too many comes. */
const maxSessions = 100;

export function createAccounts(): Accounts {
  const passwords: Record<Person, string> = { alice: randomKey(), bob: randomKey() };
  const sessions = new Map<string, Person>();
  return {
    passwords,
    login(user, password) {
      if (typeof password !== 'string') return undefined;
      // An unknown user costs the same comparison as a wrong password.
      const known = isPerson(user) ? user : people[0];
      if (!isSameSecret(password, passwords[known]) || user !== known) return undefined;
      const session = randomKey();
      sessions.set(session, known);
      const [oldest] = sessions.keys();
      if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest);
      return { session, user: known };
    },
    whoIs: (session) => (session === undefined ? undefined : sessions.get(session)),
    logout(session) {
      if (session !== undefined) sessions.delete(session);
    },
  };
}

/** 128 bits that no one guesses. */
export function randomKey(): string {
  return randomBytes(16).toString('base64url');
}
