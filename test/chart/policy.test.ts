import { createActor } from 'xstate';
import { describe, expect, test } from 'vitest';
import { createConnection, defaultPolicy, type ConnectionPolicy } from 'connection-machine';
import { connectionMachine, resolvePolicy } from 'connection-machine/machine';
import { fakeTransport } from 'connection-machine/testing';

const names = Object.keys(defaultPolicy) as (keyof ConnectionPolicy)[];
const nonsense: Record<string, unknown> = {
  '-1': -1,
  NaN,
  '-Infinity': -Infinity,
  "'5000'": '5000',
  null: null,
  'an object': {},
  true: true,
};
const mayBeZero = ['timeLimit', 'closeTimeLimit', 'maxTokenRenewals', 'maxTokenRenewalsPerHour', 'renewBefore'];

type Make = (policy: Partial<ConnectionPolicy>) => unknown;
const transport = fakeTransport();
const fetchToken = () => Promise.resolve('token');

/** The ways in which a policy comes in, and what the option is called there. */
const doors: Record<string, [string, Make]> = {
  createConnection: ['policy', (policy) => createConnection({ transport, fetchToken, policy })],
  'transport.defaults': [
    'transport.defaults',
    (defaults) => createConnection({ transport: Object.assign(fakeTransport(), { defaults }), fetchToken }),
  ],
  'createActor(connectionMachine)': [
    'policy',
    (policy) => {
      const actor = createActor(connectionMachine, { input: { policy } });
      const snapshot = actor.getSnapshot() as { status: string; error?: unknown };
      // XState keeps what the context factory threw
      if (snapshot.status === 'error') throw snapshot.error;
      return actor;
    },
  ],
  resolvePolicy: ['policy', (policy) => resolvePolicy({ policy })],
};

function problemOf(make: () => unknown): { name: string; option: string; message: string } {
  try {
    make();
  } catch (problem) {
    return problem as ReturnType<typeof problemOf>;
  }
  throw new Error('nothing was thrown');
}

for (const [door, [layer, make]] of Object.entries(doors)) {
  describe(`A policy by way of ${door}`, () => {
    for (const name of names) {
      test(`${name}: nonsense is refused by name`, () => {
        for (const [what, value] of Object.entries(nonsense)) {
          const problem = problemOf(() => make({ [name]: value }));
          expect(problem.name, what).toBe('ConnectionOptionError');
          expect(problem.option).toBe(`${layer}.${name}`);
          expect(problem.message).toContain(`${layer}.${name} must be a number of at least`);
        }
      });

      test(`${name}: 0 ${mayBeZero.includes(name) ? 'has a meaning' : 'would be a loop'}, Infinity is the longest timer`, () => {
        if (mayBeZero.includes(name)) expect(() => make({ [name]: 0 })).not.toThrow();
        else expect(problemOf(() => make({ [name]: 0 })).option).toBe(`${layer}.${name}`);
        expect(() => make({ [name]: Infinity })).not.toThrow();
        expect(() => make({ [name]: 1 })).not.toThrow();
      });
    }

    test('an unknown name is refused, and the known ones are listed', () => {
      for (const name of ['timelimit', 'timeout', 'constructor', 'toString', 'hasOwnProperty']) {
        const problem = problemOf(() => make({ [name]: 5_000 } as Partial<ConnectionPolicy>));
        expect(problem.option).toBe(`${layer}.${name}`);
        for (const known of names) expect(problem.message).toContain(known);
      }
    });

    test('something else than an object is refused', () => {
      for (const policy of [null, 'fast', 5_000, true]) {
        const problem = problemOf(() => make(policy as unknown as Partial<ConnectionPolicy>));
        expect(problem.option).toBe(layer);
      }
    });

    test('an empty one is fine', () => expect(() => make({})).not.toThrow());
  });
}

describe('A resolved policy', () => {
  test("holds every number: the defaults, then the transport's, then the app's", () => {
    const policy = resolvePolicy({ defaults: { timeLimit: 1, stableAfter: 2 }, policy: { timeLimit: 3 } });
    expect(policy).toEqual({ ...defaultPolicy, timeLimit: 3, stableAfter: 2 });
    for (const name of names) expect(Number.isFinite(policy[name]), name).toBe(true);
  });

  test('never holds what a timer cannot: Infinity becomes 2³¹ − 1 ms', () => {
    for (const name of names) expect(resolvePolicy({ policy: { [name]: Infinity } })[name]).toBe(2 ** 31 - 1);
  });

  test('the documented defaults', () => {
    expect(defaultPolicy).toMatchObject({
      timeLimit: 5_000,
      attemptTimeLimit: 10_000,
      tokenTimeLimit: 10_000,
      closeTimeLimit: 5_000,
      maxTokenRenewals: 3,
      backoffMin: 500,
      backoffMax: 30_000,
      stableAfter: 10_000,
      verifyTimeLimit: 4_000,
    });
  });

  test('leaves the defaults and what it was given alone', () => {
    const given = Object.freeze({ timeLimit: 7 });
    const before = { ...defaultPolicy };
    resolvePolicy({ policy: given });
    expect(defaultPolicy).toEqual(before);
  });
});
