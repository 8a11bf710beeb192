import type { ConnectionStatus } from 'connection-machine';
import type { Race } from './Race.ts';

export interface Story extends Race {
  readonly title: string;
  /** Both orders of these two must be seen to happen. */
  readonly between: readonly [string, string];
  /** Where else it may end than in what was asked for last. */
  readonly mayEnd?: readonly ConnectionStatus[];
  /** More than that would be a link too many. */
  readonly mostLinks?: (log: readonly string[]) => number;
}

export const stories: readonly Story[] = [
  { title: 'a token against a disconnect', lines: [['connect', 'disconnect']], links: [['success']], between: ['token', 'disconnect'] },
  { title: 'a success against a logout', lines: [['connect', 'log out']], links: [['success']], between: ['success', 'log out'] },
  {
    title: 'the close of the old link against the open of the new',
    lines: [['connect', 'disconnect', 'connect', 'disconnect', 'connect']],
    links: [['success']],
    between: ['closed', 'connect'],
  },
  {
    title: 'a close against its limit',
    lines: [['connect', 'disconnect', '5 s pass', 'connect']],
    links: [['success']],
    between: ['closed', '5 s pass'],
  },
  {
    title: 'a close that fails against whoever comes back',
    lines: [['connect', 'disconnect', 'connect']],
    links: [['success']],
    answers: { closed: ['network'] },
    between: ['closed: network', 'connect'],
  },
  {
    title: 'a renewal in band against a kick',
    lines: [['connect', 'set token']],
    links: [['success', 'kicked']],
    between: ['renewed', 'kicked'],
    mayEnd: ['kicked'],
  },
  {
    title: 'the renewal of a token that ends against the loss of its link',
    lines: [['connect']],
    links: [['success', 'a while', 'network'], ['success']],
    expires: true,
    between: ['next token', 'network'],
  },
  {
    title: 'a renewal that is refused against a newer token',
    lines: [['connect', 'set token', 'set token']],
    links: [['success']],
    answers: { renewed: ['tokenIncorrect'] },
    between: ['renewed: tokenIncorrect', 'set token'],
  },
  {
    title: 'a renewal that is refused against an interruption',
    lines: [['connect', 'set token']],
    links: [['success', 'interrupted', 'success'], ['success']],
    answers: { renewed: ['tokenIncorrect'] },
    between: ['renewed: tokenIncorrect', 'interrupted'],
  },
  {
    title: 'a pushed token against the token request',
    lines: [['connect', 'set token']],
    links: [['success']],
    between: ['set token', 'token'],
  },
  {
    title: 'a pushed token against the end of the login',
    lines: [['connect', 'set token']],
    links: [['success']],
    answers: { token: ['forbidden'] },
    between: ['set token', 'token: forbidden'],
    mayEnd: ['failed'],
  },
  {
    title: 'a pushed token against the refusal of the one before',
    lines: [['connect', 'set token']],
    links: [['tokenIncorrect'], ['success']],
    between: ['set token', 'tokenIncorrect'],
  },
  { title: 'a token against its limit', lines: [['connect silently', '10 s pass']], links: [['success']], between: ['token', '10 s pass'] },
  {
    title: 'a success against the limit of its attempt',
    lines: [['connect silently', '10 s pass']],
    links: [['success']],
    between: ['success', '10 s pass'],
  },
  {
    title: 'a success against the patience of a person who tries again',
    lines: [['connect', '5 s pass', 'retry']],
    links: [['success']],
    between: ['success', '5 s pass'],
    mayEnd: ['prompting'],
  },
  {
    title: 'a success against the patience of a person who gives up',
    lines: [['connect', '5 s pass', 'cancel']],
    links: [['success']],
    between: ['success', '5 s pass'],
    mayEnd: ['prompting', 'idle'],
  },
  { title: 'offline against a token', lines: [['connect'], ['offline', 'online']], links: [['success']], between: ['offline', 'token'] },
  { title: 'offline against success', lines: [['connect'], ['offline', 'online']], links: [['success']], between: ['offline', 'success'] },
  {
    title: 'offline against a link that is asked and does not live',
    lines: [['connect silently'], ['woke', 'offline', '5 s pass', 'online']],
    links: [['success']],
    answers: { verified: ['network'] },
    between: ['verified: network', 'offline'],
  },
  {
    title: 'a kick against whoever connects again',
    lines: [['connect', 'connect']],
    links: [['success', 'kicked'], ['success']],
    between: ['kicked', 'connect'],
    mayEnd: ['kicked'],
  },
  {
    title: 'a kick against signals of every kind',
    lines: [['connect'], ['offline', 'online', 'woke'], ['set token', 'retry', 'cancel']],
    links: [['success', 'kicked']],
    between: ['kicked', 'online'],
    mayEnd: ['kicked'],
  },
  {
    title: 'a verification against an interruption',
    lines: [['connect'], ['woke', 'woke']],
    links: [['success', 'interrupted', 'success']],
    between: ['verified', 'interrupted'],
  },
  {
    title: 'a verification that fails against an interruption',
    lines: [['connect'], ['woke']],
    links: [['success', 'interrupted', 'success'], ['success']],
    answers: { verified: ['network'] },
    between: ['verified: network', 'interrupted'],
    // the link has come back by itself: what was asked before does not matter any more
    mostLinks: (log) => (isInOrder(log, ['success', 'woke', 'interrupted', 'verified: network']) ? 1 : 2),
  },
  {
    title: 'the store that saves a token against the logout',
    lines: [['connect', 'log out']],
    links: [['success']],
    between: ['saved', 'log out'],
  },
  {
    title: 'the store that has a token against whoever leaves and comes back',
    lines: [['connect', 'log out', 'connect']],
    links: [['success']],
    isStored: true,
    between: ['loaded', 'log out'],
  },
  {
    title: 'the database against a logout',
    lines: [['connect', 'log out', 'connect']],
    links: [['dbOpened', 'success']],
    between: ['dbOpened', 'log out'],
  },
  {
    title: 'a lost link against somebody who leaves and comes back',
    lines: [['connect', 'disconnect', 'connect']],
    links: [['success', 'network'], ['success']],
    between: ['network', 'disconnect'],
  },
  {
    title: 'a listener that leaves against whoever connects again',
    lines: [['connect', 'connect']],
    links: [['success']],
    listeners: { connected: ['disconnect'] },
    between: ['disconnect', 'connect'],
  },
  {
    title: 'a listener that leaves against a link that speaks in the same breath',
    lines: [['connect', 'log out']],
    links: [['success']],
    listeners: { connected: ['disconnect', 'speak'] },
    between: ['speak', 'saved'],
  },
  {
    title: 'a listener that comes back against the close of the link',
    lines: [['connect', 'disconnect']],
    links: [['success']],
    listeners: { disconnected: ['connect'] },
    between: ['success', 'disconnect'],
  },
];

/** Did these happen one after the other, whatever else did? */
function isInOrder(log: readonly string[], [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  const at = log.indexOf(first);
  return at >= 0 && isInOrder(log.slice(at + 1), rest);
}
