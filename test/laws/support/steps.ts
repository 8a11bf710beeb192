import fc from 'fast-check';
import type { Failure, TransportReport } from 'connection-machine';
import { failureKinds } from 'connection-machine';
import { garbageNames } from './garbage.ts';
import type { ProviderMood } from './wildProvider.ts';
import type { StoreMood } from './wildStore.ts';
import { goodMood, type TransportMood, type Word } from './wildTransport.ts';

/** One thing that happens in a world. Plain data, so that a counterexample reads like a story. */
export type Step = (
  | { do: 'connect'; userWaiting: boolean }
  | { do: 'disconnect'; logout: boolean }
  | { do: 'retry' }
  | { do: 'cancel' }
  | { do: 'setToken'; which: 'new' | 'near' | 'same' | 'refused' }
  | { do: 'pass'; ms: number }
  | { do: 'jump'; ms: number }
  | { do: 'network'; online: boolean }
  | { do: 'app'; foreground: boolean }
  | { do: 'woke'; sleptMs: number }
  | { do: 'hear'; word: Word }
  | { do: 'hearLate'; link: number; word: Word }
  | { do: 'transport'; mood: Partial<TransportMood> }
  | { do: 'provider'; mood: ProviderMood }
  | { do: 'store'; mood: StoreMood }
  | { do: 'release'; what: 'close' | 'open' | 'verify' | 'renew' | 'token'; well: boolean }
) & {
  /** The next step comes in the same breath, before any promise settles. */
  rush?: true;
};

/** How a world begins. */
export interface Beginning {
  readonly seed: number;
  readonly kept: boolean;
  readonly stored: boolean;
  readonly hasStore: boolean;
  readonly hasSignals: boolean;
  readonly expectsAlice: boolean;
  readonly policy: { maxTokenRenewals?: number; timeLimit?: number; closeTimeLimit?: number; stableAfter?: number };
  readonly transport: TransportMood;
  readonly provider: ProviderMood;
}

export interface Story {
  readonly beginning: Beginning;
  readonly steps: readonly Step[];
}

const garbageName = fc.constantFrom(...garbageNames);
const code = fc.constantFrom<number | string>(31004, 34006, 1006, 'ECONNREFUSED');
const hint = fc.constantFrom(0, 1, 700, 5_000, 20_000, 90_000);

export const anyFailure: fc.Arbitrary<Failure> = fc.record(
  { kind: fc.constantFrom(...failureKinds), code, message: fc.constant('as told'), retryAfter: hint },
  { requiredKeys: ['kind'] },
);
const userId = fc.oneof({ weight: 9, arbitrary: fc.constant('alice') }, { weight: 1, arbitrary: fc.constant('mallory') });

export const anyWord: fc.Arbitrary<Word> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ says: fc.constant('success' as const), userId }) },
  { weight: 6, arbitrary: fc.record({ says: fc.constant('error' as const), failure: anyFailure }) },
  { weight: 3, arbitrary: fc.record({ says: fc.constant('interrupted' as const), failure: anyFailure }, { requiredKeys: ['says'] }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { says: fc.constant('dbOpened' as const), ok: fc.boolean(), code: fc.constant(33002) },
      { requiredKeys: ['says', 'ok'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      says: fc.constant('garbage' as const),
      to: fc.constantFrom<keyof TransportReport>('dbOpened', 'success', 'interrupted', 'error'),
      what: garbageName,
    }),
  },
);

const moods: { [name in keyof TransportMood]: fc.Arbitrary<TransportMood[name]> } = {
  open: fc.oneof(
    { weight: 6, arbitrary: fc.constant('link') },
    { weight: 4, arbitrary: fc.constantFrom('throws', 'promise', 'rejects', 'hangs', 'garbage', 'promised garbage') },
  ),
  greet: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('success', 'successSoon') },
    { weight: 4, arbitrary: fc.constant('nothing') },
    { weight: 4, arbitrary: anyFailure },
  ),
  close: fc.oneof(
    { weight: 2, arbitrary: fc.constant('now') },
    { weight: 3, arbitrary: fc.constantFrom('slow', 'never', 'rejects', 'throws') },
  ),
  verify: fc.constantFrom('absent', 'resolves', 'rejects', 'hangs', 'throws'),
  renew: fc.constantFrom('absent', 'resolves', 'rejects', 'refuses', 'hangs', 'throws'),
};

const providerMood: fc.Arbitrary<ProviderMood> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<ProviderMood>('new', 'near', 'far', 'past') },
  { weight: 4, arbitrary: fc.constantFrom<ProviderMood>('same', 'refused', 'huge', 'hangs', 'throws') },
  { weight: 3, arbitrary: anyFailure },
  { weight: 1, arbitrary: fc.record({ garbage: garbageName }) },
  { weight: 1, arbitrary: fc.record({ rejectsGarbage: garbageName }) },
);

const storeMood: fc.Arbitrary<StoreMood> = fc.oneof(
  fc.constantFrom<StoreMood>('works', 'hangs', 'throws', 'rejects'),
  fc.record({ loads: garbageName }),
);

const span = fc.constantFrom(0, 1, 100, 400, 500, 1_000, 2_000, 4_000, 5_000, 9_999, 10_000, 10_001, 30_000, 60_000, 600_000);
const weighted: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [8, fc.record({ do: fc.constant('connect' as const), userWaiting: fc.boolean() })],
  [2, fc.record({ do: fc.constant('disconnect' as const), logout: fc.boolean() })],
  [2, fc.record({ do: fc.constant('retry' as const) })],
  [1, fc.record({ do: fc.constant('cancel' as const) })],
  [2, fc.record({ do: fc.constant('setToken' as const), which: fc.constantFrom('new', 'near', 'same', 'refused') })],
  [9, fc.record({ do: fc.constant('pass' as const), ms: span })],
  [1, fc.record({ do: fc.constant('jump' as const), ms: fc.constantFrom(-86_400_000, -5_000, 5_000, 86_400_000) })],
  [3, fc.record({ do: fc.constant('network' as const), online: fc.boolean() })],
  [1, fc.record({ do: fc.constant('app' as const), foreground: fc.boolean() })],
  [2, fc.record({ do: fc.constant('woke' as const), sleptMs: fc.constantFrom(0, 60_000, NaN) })],
  [9, fc.record({ do: fc.constant('hear' as const), word: anyWord })],
  [2, fc.record({ do: fc.constant('hearLate' as const), link: fc.nat(9), word: anyWord })],
  [
    5,
    fc.record({
      do: fc.constant('transport' as const),
      mood: fc.oneof(...Object.entries(moods).map(([name, mood]) => fc.record({ [name]: mood }))),
    }),
  ],
  [4, fc.record({ do: fc.constant('provider' as const), mood: providerMood })],
  [1, fc.record({ do: fc.constant('store' as const), mood: storeMood })],
  [
    2,
    fc.record({
      do: fc.constant('release' as const),
      what: fc.constantFrom('close', 'open', 'verify', 'renew', 'token'),
      well: fc.boolean(),
    }),
  ],
];

interface StoryOptions {
  /** Kinds of steps that a law cannot live with, e.g. a jumping clock where it measures by it. */
  readonly without?: readonly Step['do'][];
  /** What the law is about should happen often. */
  readonly spice?: fc.Arbitrary<Step>;
  readonly maxSteps?: number;
}

export function anyStory({ without = [], spice, maxSteps = 40 }: StoryOptions = {}): fc.Arbitrary<Story> {
  const kinds = [
    'connect',
    'disconnect',
    'retry',
    'cancel',
    'setToken',
    'pass',
    'jump',
    'network',
    'app',
    'woke',
    'hear',
    'hearLate',
    'transport',
    'provider',
    'store',
    'release',
  ];
  const wanted = weighted.filter((_, index) => !without.includes(kinds[index] as Step['do']));
  const all = spice ? [...wanted, [10, spice] as const] : wanted;
  const step = fc
    .tuple(fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary }))), fc.integer({ min: 0, max: 9 }))
    .map(([one, rush]): Step => (rush === 9 ? { ...one, rush: true } : one));
  const beginning: fc.Arbitrary<Beginning> = fc.record({
    seed: fc.integer(),
    kept: fc.boolean(),
    stored: fc.boolean(),
    hasStore: fc.boolean(),
    hasSignals: fc.constantFrom(true, true, true, false),
    expectsAlice: fc.boolean(),
    policy: fc.record(
      {
        maxTokenRenewals: fc.constantFrom(0, 1, 3),
        timeLimit: fc.constantFrom(0, 1_000, 20_000),
        closeTimeLimit: fc.constantFrom(0, 1_000, 12_000),
        stableAfter: fc.constantFrom(1, 500, 60_000),
      },
      { requiredKeys: [] },
    ),
    transport: fc.oneof({ weight: 2, arbitrary: fc.constant(goodMood) }, { weight: 1, arbitrary: fc.record(moods) }),
    provider: fc.oneof({ weight: 2, arbitrary: fc.constant('new' as const) }, { weight: 1, arbitrary: providerMood }),
  });
  const start: fc.Arbitrary<Step> = fc.record({ do: fc.constant('connect' as const), userWaiting: fc.boolean() });
  return fc.record({
    beginning,
    steps: fc.tuple(start, fc.array(step, { maxLength: maxSteps, size: 'max' })).map(([first, rest]) => [first, ...rest]),
  });
}
