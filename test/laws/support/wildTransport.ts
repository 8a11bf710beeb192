import type { Failure, OpenLink, OpenRequest, Transport, TransportReport } from 'connection-machine';
import type { ControlledClock } from 'connection-machine/testing';
import { garbage, garbageNames, type GarbageName } from './garbage.ts';

/** How the server and its SDK behave from now on. */
export interface TransportMood {
  open: 'link' | 'throws' | 'promise' | 'rejects' | 'hangs' | 'garbage' | 'promised garbage';
  /** What comes back at once: nothing, a yes (inside `open`, or a moment later), or an error. */
  greet: 'nothing' | 'success' | 'successSoon' | Failure;
  close: 'now' | 'slow' | 'never' | 'rejects' | 'throws';
  verify: 'absent' | 'resolves' | 'rejects' | 'hangs' | 'throws';
  renew: 'absent' | 'resolves' | 'rejects' | 'refuses' | 'hangs' | 'throws';
}

export const goodMood: TransportMood = { open: 'link', greet: 'successSoon', close: 'now', verify: 'resolves', renew: 'resolves' };

/** What a server says on a link. */
export type Word =
  | { says: 'success'; userId: string }
  | { says: 'dbOpened'; ok: boolean; code?: number }
  | { says: 'interrupted'; failure?: Failure }
  | { says: 'error'; failure: Failure }
  | { says: 'garbage'; to: keyof TransportReport; what: GarbageName };

/** One link, and what the test knows of it. Moments are on the clock's even scale (`elapsed`). */
export interface WildLink {
  readonly number: number;
  readonly request: OpenRequest;
  readonly report: TransportReport;
  readonly openedAt: number;
  state: 'opening' | 'open' | 'closing' | 'closed';
  /** When the brain gave it up. */
  givenUpAt: number | undefined;
  /** It has said its last word. */
  isOver: boolean;
  /** The token that the server goes by. */
  token: string;
  renewing: number;
  logout: boolean | undefined;
  closeCalls: number;
  verified: { readonly askedAt: number; resolvedAt: number | undefined }[];
  heard: Word[];
}

type Held = { resolve(): void; reject(problem: unknown): void };

export interface WildTransport extends Transport {
  readonly links: WildLink[];
  mood: TransportMood;
  /** Every token that went out, in order. */
  readonly sent: { readonly token: string; readonly at: number; readonly how: 'open' | 'renew' }[];
  /** Tokens that the server has refused, and the brain has heard it. */
  readonly refused: Set<string>;
  /** The same, each time it happened. */
  readonly refusals: string[];
  /** What must not happen, noticed at the moment it did. */
  readonly violations: string[];
  /** Links that are open or opening, without those that the brain has waited for in vain. */
  readonly live: WildLink[];
  /** Called with every error before it is reported: to put a token into it. */
  tamper: (failure: Failure, token: string) => unknown;
  tell(link: WildLink, word: Word): void;
  /** Settles what was held back: slow closes, hanging opens, verifies and renewals. */
  release(what: 'close' | 'open' | 'verify' | 'renew', well: boolean): void;
  /** Settles well what was held back first. */
  releaseFirst(what: 'close' | 'open' | 'verify' | 'renew'): void;
}

export function wildTransport(clock: ControlledClock, closeTimeLimit: number, userId: string): WildTransport {
  const held: Record<'close' | 'open' | 'verify' | 'renew', Held[]> = { close: [], open: [], verify: [], renew: [] };
  const hold = (what: keyof typeof held) => new Promise<void>((resolve, reject) => void held[what].push({ resolve, reject }));

  const transport: WildTransport = {
    links: [],
    mood: { ...goodMood },
    sent: [],
    refused: new Set(),
    refusals: [],
    violations: [],
    tamper: (failure) => failure,
    get live() {
      return transport.links.filter(({ state, givenUpAt = Infinity }) => state !== 'closed' && clock.elapsed - givenUpAt < closeTimeLimit);
    },

    open(request, report) {
      const { open, greet } = transport.mood;
      const token = request.token.reveal();
      send(token, 'open');
      if (open === 'throws') throw transport.tamper({ kind: 'network', code: 'open', message: 'open threw' }, token);
      if (open === 'garbage' || open === 'promised garbage') {
        // each kind in its turn
        const what = garbage[garbageNames[transport.sent.length % garbageNames.length]!]();
        return (open === 'garbage' ? what : { then: (resolve: (value: unknown) => void) => resolve(what) }) as OpenLink;
      }

      const link: WildLink = {
        number: transport.links.length,
        request,
        report,
        openedAt: clock.elapsed,
        state: open === 'link' ? 'open' : 'opening',
        givenUpAt: undefined,
        isOver: false,
        token,
        renewing: 0,
        logout: undefined,
        closeCalls: 0,
        verified: [],
        heard: [],
      };
      transport.links.push(link);
      request.signal.addEventListener('abort', () => (link.givenUpAt = clock.elapsed));
      if (transport.live.length > 1) {
        transport.violations.push(`links ${transport.live.map(({ number }) => number).join(' and ')} are live at once`);
      }
      const word: Word | undefined =
        greet === 'nothing' ? undefined : typeof greet === 'object' ? { says: 'error', failure: greet } : { says: 'success', userId };
      if (open === 'link') {
        if (word && greet === 'successSoon') void Promise.resolve().then(() => transport.tell(link, word));
        else if (word) transport.tell(link, word);
        return handle(link);
      }
      const opening = open === 'promise' ? Promise.resolve() : open === 'hangs' ? hold('open') : Promise.reject(new Error('open rejected'));
      return opening.then(
        () => {
          if (link.state === 'opening') link.state = 'open';
          if (word) void Promise.resolve().then(() => transport.tell(link, word));
          return handle(link);
        },
        (problem: unknown) => {
          link.state = 'closed';
          throw problem;
        },
      ) as unknown as OpenLink;
    },

    tell(link, word) {
      const isHeard = link.state === 'open' && !link.request.signal.aborted && !link.isOver;
      if (isHeard) link.heard.push(word);
      const { report } = link;
      switch (word.says) {
        case 'success':
          return report.success({ userId: word.userId });
        case 'dbOpened':
          return report.dbOpened({ ok: word.ok, ...(word.code !== undefined && { code: word.code }) });
        case 'interrupted':
          return word.failure ? report.interrupted(transport.tamper(word.failure, link.token) as Failure) : report.interrupted();
        case 'error': {
          link.isOver = true;
          if (isHeard && isRefusal(word.failure) && link.renewing === 0) refuse(link.token);
          return report.error(transport.tamper(word.failure, link.token) as Failure);
        }
        case 'garbage': {
          // a success without a user, and any error, is a link's last word
          link.isOver ||= word.to === 'error' || word.to === 'success';
          return (report[word.to] as (value: unknown) => void)(garbage[word.what]());
        }
      }
    },

    releaseFirst: (what) => held[what].shift()?.resolve(),

    release(what, well) {
      for (const { resolve, reject } of held[what].splice(0)) {
        if (well) resolve();
        else reject(transport.tamper({ kind: 'network', message: `${what} failed late` }, transport.links.at(-1)?.token ?? ''));
      }
    },
  };

  function send(token: string, how: 'open' | 'renew') {
    transport.sent.push({ token, at: clock.elapsed, how });
    if (transport.refused.has(token)) transport.violations.push(`a refused token was sent again (${how})`);
  }

  function refuse(token: string): void {
    transport.refused.add(token);
    transport.refusals.push(token);
  }

  function play(link: WildLink, what: 'verify' | 'renew', mood: TransportMood['verify' | 'renew'], token: string): Promise<void> {
    const problem = (kind: Failure['kind']) => transport.tamper({ kind, code: what, message: `${what} failed` }, token);
    if (mood === 'throws') throw problem('unknown');
    if (mood === 'rejects') return Promise.reject(problem(what === 'verify' ? 'network' : 'server'));
    if (mood === 'refuses') {
      return Promise.resolve().then(() => {
        // a microtask later the brain hears it, if it still listens
        if (!link.request.signal.aborted) refuse(token);
        throw problem('tokenIncorrect');
      });
    }
    return mood === 'hangs' ? hold(what) : Promise.resolve();
  }

  function handle(link: WildLink): OpenLink {
    const { verify, renew } = transport.mood;
    return {
      close(how) {
        link.closeCalls += 1;
        link.logout = how?.logout;
        if (link.closeCalls > 1) transport.violations.push(`link ${link.number} was closed twice`);
        switch (transport.mood.close) {
          case 'slow':
          case 'never': {
            link.state = 'closing';
            if (transport.mood.close === 'never') return new Promise(() => undefined);
            const closed = () => void (link.state = 'closed');
            return hold('close').finally(closed);
          }
          case 'now':
            link.state = 'closed';
            return undefined;
          case 'rejects':
            link.state = 'closed';
            return Promise.reject(transport.tamper({ kind: 'network', message: 'close rejected' }, link.token));
          case 'throws':
            link.state = 'closed';
            throw transport.tamper({ kind: 'network', message: 'close threw' }, link.token);
        }
      },
      ...(verify !== 'absent' && {
        verify() {
          const ask: WildLink['verified'][number] = { askedAt: clock.elapsed, resolvedAt: undefined };
          link.verified.push(ask);
          return play(link, 'verify', transport.mood.verify, link.token).then(() => void (ask.resolvedAt = clock.elapsed));
        },
      }),
      ...(renew !== 'absent' && {
        renew(secret) {
          const token = secret.reveal();
          send(token, 'renew');
          const answer = play(link, 'renew', transport.mood.renew, token);
          link.renewing += 1;
          // the server goes by the new token when the brain knows of it
          const settled = (isNew: boolean) =>
            setImmediate(() => {
              link.renewing -= 1;
              if (isNew) link.token = token;
            });
          answer.then(
            () => settled(true),
            () => settled(false),
          );
          return answer;
        },
      }),
    };
  }

  return transport;
}

export function isRefusal({ kind }: Failure): boolean {
  return kind === 'tokenIncorrect' || kind === 'tokenExpired';
}
