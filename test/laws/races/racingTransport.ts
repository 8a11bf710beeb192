import { failure, type Transport, type TransportReport } from 'connection-machine';
import type { ControlledClock } from 'connection-machine/testing';
import type { Turns } from './createTurns.ts';
import type { Race, Word } from './Race.ts';

interface Parts {
  readonly turns: Turns;
  readonly clock: ControlledClock;
  readonly links: Race['links'];
  /** A law is broken. */
  readonly blame: (problem: string) => void;
  /** Nothing may be opened now. */
  readonly atOpen: () => void;
}

const user = 'alice';
/** After so long nobody waits for a close: the policy's own. ms */
const closeTimeLimit = 5_000;

/** A transport whose every word and answer comes in its turn. It counts what laws 1, 3 and 4 forbid. */
export function racingTransport({ turns, clock, links, blame, atOpen }: Parts) {
  const refused = new Set<string>();
  /** Answers to token requests that nobody wanted any more. */
  const unwanted = new Set<string>();
  const opened: { report: TransportReport; givenUp: number | undefined; isGone: boolean }[] = [];

  const check = (token: string) => {
    if (refused.has(token)) blame('law 4: a refused token is sent again');
    if (unwanted.has(token)) blame('law 3: the answer to a request that was given up is used');
  };
  const living = () =>
    opened.filter(({ isGone, givenUp }) => !isGone && (givenUp === undefined || clock.elapsed < givenUp + closeTimeLimit)).length;

  const transport: Transport = {
    open(request, report) {
      atOpen();
      check(request.token.reveal());
      if (living() > 0) blame('law 1: two links at a time');
      const link = { report, givenUp: undefined as number | undefined, isGone: false };
      const words = links[Math.min(opened.push(link) - 1, links.length - 1)] ?? [];
      let sent = [request.token.reveal()];
      const refuse = (...tokens: string[]) => {
        // a dead link is not heard, so nobody knows
        if (link.givenUp === undefined) tokens.forEach((token) => refused.add(token));
      };
      const speak = async () => {
        for (const word of words) {
          if (word === 'a while') await turns.aWhile();
          else {
            await turns.whenever(word, () => {
              if (word.startsWith('token')) refuse(...sent);
              say(report, word);
            });
          }
        }
      };
      void speak();
      return {
        close() {
          if (link.givenUp !== undefined) blame('law 1: a link is closed twice');
          link.givenUp = clock.elapsed;
          return turns.answer('closed', () => (link.isGone = true));
        },
        verify: () => turns.answer('verified'),
        async renew(next) {
          const token = next.reveal();
          check(token);
          sent.push(token);
          await turns.answer('renewed', (how) => {
            if (how === 'well') sent = [token];
            else if (how.startsWith('token')) refuse(token);
          });
        },
      };
    },
  };

  return {
    transport,
    living,
    opened: () => opened.length,
    /** The answer to a token request came when nobody wanted it. */
    ignore: (token: string) => void unwanted.add(token),
    speak() {
      const last = opened.at(-1);
      if (last) say(last.report, 'dbOpened');
    },
    /** Whatever was closed speaks once more. */
    haunt() {
      const dead = opened.filter(({ givenUp }) => givenUp !== undefined);
      for (const { report } of dead) for (const word of ['dbOpened', 'success', 'kicked', 'tokenIncorrect'] as const) say(report, word);
    },
  };
}

function say(report: TransportReport, word: Exclude<Word, 'a while'>): void {
  if (word === 'success') report.success({ userId: user });
  else if (word === 'interrupted') report.interrupted();
  else if (word === 'dbOpened') report.dbOpened();
  else report.error(failure({ kind: word }));
}
