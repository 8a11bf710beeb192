import { defined } from '../../machines/connection/defined.ts';
import { failureKinds } from '../../machines/connection/failure.ts';
import { createRedactor } from '../token/redactor.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';
import type { InspectedEvent, Plain } from './InspectMessage.ts';

/** Makes something that may be seen of something that may be anything; `undefined` when nothing of it may. */
type Reader = (value: unknown) => Plain | undefined;

/** What an app lets be seen of a machine that is not ours: nothing but its states, unless it says so. */
export interface Allowed {
  /** Fields of its context. */
  readonly context?: readonly string[];
  /** Fields of its events. */
  readonly events?: readonly string[];
}

/** Nobody reads more of a message, and a report has to stay small. */
const longestText = 300;

/** So many texts are kept in mind. */
const manyTexts = 100;

/** How many refused tokens are told: the newest. */
const manyTokens = 50;

/**
 * The one door through which anything leaves for an inspector: an allow-list. What is not named here stays at home, what is named is
 * read as what it should be, and every text is searched for tokens. A token itself is told as a number: the first one met is 1.
 */
export function createDiscloser(isOurs: boolean, allowed: Allowed = {}) {
  const redactor = createRedactor();
  const numbers = new Map<string, number>();
  /** The same few texts come again and again; searching them is what inspection costs most. */
  const cleaned = new Map<string, string>();

  /** Of two copies of the package, each has its own class: a token is what can be revealed. */
  const tokenOf = (value: unknown): SecretToken | undefined =>
    typeof (value as Partial<SecretToken> | null | undefined)?.reveal === 'function' ? (value as SecretToken) : undefined;

  const numberOf = (token: SecretToken): number => {
    const secret = token.reveal();
    const known = numbers.get(secret);
    if (known !== undefined) return known;
    redactor.learn(token);
    cleaned.clear();
    numbers.set(secret, numbers.size + 1);
    return numbers.size;
  };

  const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined);
  const count: Reader = (value) => (typeof value === 'number' && Math.abs(value) < Infinity ? value : undefined);
  const counts: Reader = (value) => (Array.isArray(value) ? value.filter((each) => count(each) !== undefined).map(Number) : undefined);
  const text = (value: unknown) => {
    if (typeof value !== 'string') return undefined;
    const known = cleaned.get(value);
    if (known !== undefined) return known;
    const clean = redactor.text(value).slice(0, longestText);
    if (cleaned.size > manyTexts) cleaned.clear();
    cleaned.set(value, clean);
    return clean;
  };
  const code: Reader = (value) => count(value) ?? text(value);
  const token: Reader = (value) => {
    const secret = tokenOf(value);
    return secret && defined({ secret: numberOf(secret), expiresAt: count(secret.expiresAt) });
  };
  const tokens: Reader = (value) =>
    Array.isArray(value)
      ? value
          .slice(-manyTokens)
          .map(tokenOf)
          .flatMap((one) => (one ? [numberOf(one)] : []))
      : undefined;
  const fields =
    (readers: Readonly<Record<string, Reader>>): Reader =>
    (value) =>
      typeof value === 'object' && value !== null ? pick(value, readers) : undefined;
  const failure = fields({
    kind: (kind) => failureKinds.find((one) => one === kind),
    code,
    message: text,
    retryAfter: count,
  });
  /** Of what an app has allowed by name. */
  const anything: Reader = (value) => {
    const plain = JSON.stringify(redactor.detail(value)) as string | undefined;
    return plain === undefined || plain.length > 10 * longestText ? undefined : (JSON.parse(plain) as Plain);
  };

  /** Of events, ours and those that we announce: the same name means the same everywhere. */
  const ourEvents: Readonly<Record<string, Reader>> = {
    userWaiting: flag,
    logout: flag,
    token,
    output: token,
    userId: text,
    canVerify: flag,
    canRenew: flag,
    failure,
    error: failure,
    code,
    sleptMs: count,
    reason: text,
  };
  const ourContext: Readonly<Record<string, Reader>> = {
    expectedUserId: text,
    restore: fields({
      version: count,
      savedAt: count,
      status: text,
      attempt: count,
      renewals: count,
      renewedAt: counts,
      retryAt: count,
      notBefore: count,
      failure,
    }),
    token,
    linkToken: token,
    handedToken: token,
    refusedTokens: tokens,
    tokenReason: text,
    renewals: count,
    renewedAt: counts,
    renewAt: count,
    renewalFailures: count,
    attempt: count,
    hurries: count,
    isHurried: flag,
    retryAt: count,
    hintedAt: count,
    notBefore: count,
    promptAt: count,
    offlineSince: count,
    userId: text,
    failure,
    login: count,
    databaseReport: fields({ ok: flag, code }),
    canVerify: flag,
    canRenew: flag,
    wasFlapping: flag,
  };
  const also = (names: readonly string[] = []) => Object.fromEntries(names.map((name) => [name, anything]));
  const eventReaders = isOurs ? ourEvents : also(allowed.events);
  const contextReaders = isOurs ? ourContext : also(allowed.context);

  /** Tokens are learnt first, wherever they are: the text beside them may hold them. */
  const meet = (value: object) => {
    for (const one of Object.values(value).flat()) {
      const secret = tokenOf(one);
      if (secret) numberOf(secret);
    }
  };

  return {
    /** Tokens in these are looked for from now on, in every text. What is disclosed of several things must be met in all of them first. */
    meet(...holders: readonly unknown[]) {
      for (const holder of holders) if (typeof holder === 'object' && holder !== null) meet(holder);
    },
    text: (said: string) => text(said) ?? '',
    event(event: { readonly type: string }): InspectedEvent {
      meet(event);
      // an event's own name is a text like others: an app may call it anything
      return { ...pick(event, eventReaders), type: text(event.type) ?? '' };
    },
    memory(context: unknown): { readonly [name: string]: Plain } {
      if (typeof context !== 'object' || context === null) return {};
      meet(context);
      return pick(context, contextReaders);
    },
    policy(context: unknown): { readonly [name: string]: number } {
      const { policy } = Object(context) as { policy?: unknown };
      if (!isOurs || typeof policy !== 'object' || policy === null) return {};
      return Object.fromEntries(Object.entries(policy).filter(([, ms]) => count(ms) !== undefined));
    },
  };
}

function pick(from: object, readers: Readonly<Record<string, Reader>>): { [name: string]: Plain } {
  const picked: { [name: string]: Plain } = {};
  for (const [name, read] of Object.entries(readers)) {
    const value = read((from as Record<string, unknown>)[name]);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
