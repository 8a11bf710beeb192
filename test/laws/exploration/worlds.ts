import type { Bounds } from './Bounds.ts';

const policy = {
  timeLimit: 2,
  attemptTimeLimit: 1,
  tokenTimeLimit: 1,
  closeTimeLimit: 1,
  stableAfter: 1,
  verifyTimeLimit: 1,
  recoveryTimeLimit: 1,
  renewBefore: 1,
  backoffMin: 1,
  backoffMax: 2,
  maxTokenRenewals: 1,
} as const;

const plain: Bounds = {
  name: '',
  policy,
  tokens: ['a', 'b'],
  lifetimes: [undefined],
  kept: false,
  users: ['alice'],
  linkFailures: [{ kind: 'tokenIncorrect' }, { kind: 'network' }],
  tokenFailures: [{ kind: 'forbidden' }, { kind: 'network' }],
  renewalFailures: ['tokenIncorrect', 'network'],
  abilities: [{ canVerify: false, canRenew: false }],
  hasPushes: false,
  hasNetwork: false,
  hasWaking: false,
  hasInterruptions: false,
  hasDatabase: false,
  hasReloads: false,
  hasSilentConnects: true,
};

const everyKind: Bounds['linkFailures'] = [
  { kind: 'tokenIncorrect' },
  { kind: 'tokenExpired' },
  { kind: 'timeout' },
  { kind: 'network' },
  { kind: 'server', retryAfter: 15_000 },
  { kind: 'kicked' },
  { kind: 'blocked' },
  { kind: 'forbidden' },
];

const hint = { kind: 'server', retryAfter: 15_000 } as const;
const both = { canVerify: true, canRenew: true } as const;
const neither = { canVerify: false, canRenew: false } as const;
const verified = { canVerify: true, canRenew: false } as const;

/**
 * Small worlds, each seen whole: every configuration and every arrow of it. Together they hold everything that can happen. In two
 * halves, so that two cores can walk them.
 */
export const tokenWorlds: readonly Bounds[] = [
  {
    ...plain,
    name: 'every kind of failure, a kept token, pushed tokens, hints',
    kept: true,
    linkFailures: everyKind,
    tokenFailures: [{ kind: 'forbidden' }, { kind: 'tokenIncorrect' }, hint],
    hasPushes: true,
  },
  {
    ...plain,
    name: 'three tokens, two renewals in a row, three an hour',
    tokens: ['a', 'b', 'c'],
    policy: { ...policy, maxTokenRenewals: 2, maxTokenRenewalsPerHour: 3 },
  },
  {
    ...plain,
    name: 'pushed tokens, two renewals an hour',
    policy: { ...policy, maxTokenRenewals: 2, maxTokenRenewalsPerHour: 2 },
    hasPushes: true,
    hasSilentConnects: false,
  },
  {
    ...plain,
    name: 'tokens that end, pushed tokens, renewal in band',
    lifetimes: [undefined, 2],
    abilities: [both],
    hasPushes: true,
  },
  {
    ...plain,
    name: 'pushed tokens, links that take them and links that do not, interruptions',
    abilities: [both, neither],
    hasPushes: true,
    hasInterruptions: true,
  },
];

export const linkWorlds: readonly Bounds[] = [
  {
    ...plain,
    name: 'network, sleep, foreground, a link that heals itself and can be verified',
    tokens: ['a'],
    abilities: [verified],
    hasNetwork: true,
    hasWaking: true,
    hasInterruptions: true,
  },
  {
    ...plain,
    name: 'network, hints, links that can be verified and links that cannot',
    tokens: ['a'],
    linkFailures: [{ kind: 'network' }, { kind: 'timeout' }, hint],
    tokenFailures: [{ kind: 'network' }],
    abilities: [verified, neither],
    hasNetwork: true,
    hasInterruptions: true,
  },
  {
    ...plain,
    name: 'the database, and the wrong user',
    users: ['alice', 'mallory'],
    expectedUserId: 'alice',
    hasDatabase: true,
    hasInterruptions: true,
  },
  {
    ...plain,
    name: 'the database, and another user',
    users: ['alice', 'bob'],
    hasDatabase: true,
    hasInterruptions: true,
  },
  {
    ...plain,
    name: 'reloads at any moment',
    linkFailures: [{ kind: 'tokenIncorrect' }, { kind: 'kicked' }, { kind: 'blocked' }, hint],
    tokens: ['a'],
    hasReloads: true,
    hasNetwork: true,
    hasSilentConnects: false,
  },
];

/** Everything at once. Too large to be seen whole: it is walked breadth first, as far as the number of arrows allows. */
export const everything: Bounds = {
  ...plain,
  name: 'everything at once',
  kept: true,
  users: ['alice', 'mallory'],
  expectedUserId: 'alice',
  linkFailures: everyKind,
  tokenFailures: [{ kind: 'forbidden' }, { kind: 'network' }, hint],
  lifetimes: [undefined, 2],
  abilities: [both, neither],
  hasPushes: true,
  hasNetwork: true,
  hasWaking: true,
  hasInterruptions: true,
  hasDatabase: true,
  hasReloads: true,
};

/** @throws when there is no such world. */
export function worldNamed(name: string): Bounds {
  const found = [...tokenWorlds, ...linkWorlds, everything].find((bounds) => bounds.name === name);
  if (!found) throw new Error(`no world is named "${name}"`);
  return found;
}
