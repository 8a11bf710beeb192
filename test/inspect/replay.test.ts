import { describe, expect, test } from 'vitest';
import { createConnection } from 'connection-machine';
import { createRecorder, readReport, replay, ReplayDifference, ReportError, type ConnectionReport } from 'connection-machine/inspect';
import { connectionMachine } from 'connection-machine/machine';
import { fakeTokenProvider, fakeTransport } from 'connection-machine/testing';
import { createWorld } from '../support/world.ts';

/** Token refused, renewed, in; lost, waited, in again; then kicked. */
async function fieldReport(): Promise<ConnectionReport> {
  const { connection, transport, clock, settle } = createWorld({ recorder: createRecorder() });
  connection.connect();
  await settle();
  transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
  await settle();
  transport.last.succeed('alice');
  await clock.advance(20_000);
  transport.last.fail({ kind: 'network', code: 1006 });
  await clock.advance(2_000);
  transport.last.succeed('alice');
  await settle();
  transport.last.fail({ kind: 'kicked', code: 31010 });
  await settle();
  return connection.report()!;
}

const difference = (report: ConnectionReport, machine?: typeof connectionMachine): ReplayDifference => {
  try {
    replay(report, machine && { machine });
  } catch (thrown) {
    if (thrown instanceof ReplayDifference) return thrown;
    throw thrown;
  }
  throw new Error('the replay found no difference');
};

describe('a report from the field becomes a regression test', () => {
  test('it replays through the chart that wrote it', async () => {
    const report = await fieldReport();
    expect(report.steps.length).toBeGreaterThan(8);
    expect(replay(report)).toEqual({ steps: report.steps.length });
    expect(replay(JSON.stringify(report))).toEqual({ steps: report.steps.length });
  });

  const changed: [string, typeof connectionMachine, what: string, event: string][] = [
    ['gives up on the first refused token', connectionMachine.provide({ guards: { mayRenewToken: () => false } }), 'states', 'link.failed'],
    [
      'waits longer for an answer',
      connectionMachine.provide({ delays: { attemptTimeLimit: 11_000 } }),
      'timers',
      'xstate.done.actor.fetchToken',
    ],
    ['has no limit for tokens any more', connectionMachine.provide({ delays: { tokenTimeLimit: 1e9 } }), 'timers', 'user.connect'],
    ['forgets whom it let in', connectionMachine.provide({ actions: { welcomeUser: () => undefined } }), 'userId', 'link.succeeded'],
    ['does not count renewals', connectionMachine.provide({ actions: { countRenewal: () => undefined } }), 'attempt', 'link.failed'],
    ['does not plan its waits', connectionMachine.provide({ actions: { planRetry: () => undefined } }), 'attempt', 'link.failed'],
  ];
  test.each(changed)('it fails for a chart that %s', async (_, machine, what, event) => {
    const found = difference(await fieldReport(), machine);
    expect(found).toMatchObject({ name: 'ReplayDifference', what });
    expect(found.message).toContain(`(${event})`);
    expect(found.message).toContain('recorded:');
  });

  test('it fails when a wait is one that no dice could draw', async () => {
    const report = await fieldReport();
    const steps = report.steps.map((step) => {
      const retryAt = step.memory?.['retryAt'];
      return typeof retryAt === 'number' ? { ...step, memory: { ...step.memory, retryAt: retryAt + 60_000 } } : step;
    });
    expect(difference({ ...report, steps })).toMatchObject({ what: 'retryAt' });
  });

  test('it fails when something else was announced, or a timer ended that does not run', async () => {
    const report = await fieldReport();
    const mute = report.steps.map(({ emitted: _, ...step }) => step);
    expect(difference({ ...report, steps: mute })).toMatchObject({ what: 'emitted', recorded: [], replayed: ['tokenRenewed'] });
    const [first, ...rest] = report.steps;
    const early = { ...first!, event: { type: 'xstate.after.untilRetry.connection.session.waiting.backoff' } };
    expect(difference({ ...report, steps: [early, ...rest] })).toMatchObject({ what: 'timers', step: 0 });
  });

  test('a policy that has gained or lost a number since does not matter', async () => {
    const report = await fieldReport();
    const { timeLimit: _, ...policy } = report.policy;
    // the default takes its place, which is what it was
    expect(replay({ ...report, policy: { ...policy, inventedSince: 5 } })).toEqual({ steps: report.steps.length });
  });
});

describe('connection.report()', () => {
  test('is undefined without a recorder', () => {
    const connection = createConnection({ transport: fakeTransport(), fetchToken: fakeTokenProvider(), signals: false });
    expect(connection.report()).toBeUndefined();
  });

  test('keeps the last 200 steps, or as many as it is told', async () => {
    for (const [options, most] of [
      [undefined, 200],
      [{ steps: 7 }, 7],
    ] as const) {
      const { connection, settle } = createWorld({ recorder: createRecorder(options) });
      for (let times = 0; times < 150; times += 1) {
        connection.connect();
        await settle();
        await connection.disconnect();
      }
      const report = connection.report()!;
      expect(report.steps).toHaveLength(most);
      expect(report.dropped).toBeGreaterThan(200);
      expect(readReport(report)[1]!.seq).toBe(report.dropped + 1);
      expect(replay(report)).toEqual({ steps: most });
    }
  });

  test('stays small, however much an SDK has to say, and still replays', async () => {
    const { connection, transport, clock, settle } = createWorld({
      recorder: createRecorder({ size: 6_000 }),
      expectedUserId: '\u0001'.repeat(300),
    });
    connection.connect({ userWaiting: false });
    for (let times = 0; times < 30; times += 1) {
      await settle();
      transport.last.report.error({ kind: 'network', code: '\u0001'.repeat(900), message: '\u0001'.repeat(900) });
      await clock.advance(60_000);
    }
    const report = connection.report()!;
    expect(JSON.stringify(report).length).toBeLessThanOrEqual(6_000);
    expect(replay(report)).toEqual({ steps: report.steps.length });
  });

  test('after the actor was stopped, replays as well', async () => {
    const world = createWorld({ recorder: createRecorder() });
    await world.connected();
    world.connection.actor.stop();
    const report = world.connection.report()!;
    expect(report.steps.at(-1)!.event.type).toBe('xstate.stop');
    expect(replay(report)).toEqual({ steps: report.steps.length });
  });

  test('is a record of what was, not a view of what will be', async () => {
    const { connection, settle } = createWorld({ recorder: createRecorder() });
    const empty = connection.report()!;
    connection.connect();
    await settle();
    expect(empty.steps).toEqual([]);
    expect(empty.arrows).toEqual([]);
    expect(connection.report()!.steps.length).toBeGreaterThan(0);
  });

  test('a recorder is asked for sensible numbers, and a connection for a recorder that is one', () => {
    expect(() => createRecorder({ steps: 0 })).toThrow('steps must be a whole number of at least 1, received 0');
    expect(() => createRecorder({ steps: 1.5 })).toThrow('steps must be');
    expect(() => createRecorder({ size: 100 })).toThrow('size must be a whole number of at least 6000, received 100');
    expect(() => createWorld({ recorder: 'yes' as never })).toThrow('recorder must be a function, received a string');
  });
});

describe('a file that is no report says what is wrong with it', () => {
  const broken: [title: string, change: (report: ConnectionReport) => unknown, message: string][] = [
    ['nothing', () => undefined, "'format' is not"],
    ['a text', () => 'hello', 'it is not JSON'],
    ['other JSON', () => '[1, 2]', "'format' is not"],
    ['another version', (report) => ({ ...report, version: 2 }), 'this report has version 2; version 1 is known here'],
    ['no steps', ({ steps: _, ...report }) => report, 'report.steps must be a list'],
    ['a step without a time', (report) => ({ ...report, steps: [{ event: { type: 'x' } }] }), 'report.steps[0].at must be a number'],
    ['an event without a type', (report) => ({ ...report, steps: [{ at: 1, event: {} }] }), 'report.steps[0].event.type must be a text'],
    [
      'an arrow that is not there',
      (report) => ({ ...report, steps: [{ at: 1, event: { type: 'x' }, took: [999] }] }),
      'steps[0].took has a number',
    ],
    [
      'an arrow of five words',
      (report) => ({ ...report, arrows: [['a', 'b', 'c', 'd', 'e']] }),
      'report.arrows[0] must be a list of 3 to 4',
    ],
    [
      'a timer of words',
      (report) => ({ ...report, start: { ...report.start, timers: [['a', 'b', 'c', 'd']] } }),
      'report.start.timers[0][2] must be a number',
    ],
    ['an endless time', (report) => ({ ...report, madeAt: Infinity }), 'report.madeAt must be a number'],
    ['a policy of words', (report) => ({ ...report, policy: { timeLimit: 'long' } }), 'report.policy.timeLimit must be a number'],
    [
      'states that are numbers',
      (report) => ({ ...report, start: { ...report.start, states: { session: 1 } } }),
      'report.start.states.session must be a text',
    ],
    ['a memory without end', (report) => ({ ...report, start: { ...report.start, memory: { a: [[[[[[1]]]]]] } } }), 'must be flatter'],
    ['a negative count', (report) => ({ ...report, dropped: -1 }), 'report.dropped must be a whole number of at least 0'],
  ];
  test.each(broken)('%s', async (_, change, message) => {
    const report = await fieldReport();
    const read = () => readReport(change(report));
    expect(read).toThrow(ReportError);
    expect(read).toThrow(message);
    expect(() => replay(change(report))).toThrow(ReportError);
  });

  test('a chart that has lost a state cannot replay one that rests in it', async () => {
    const report = await fieldReport();
    const elsewhere = { ...report, start: { ...report.start, states: { ...report.start.states, session: 'dreaming' } } };
    expect(difference(elsewhere)).toMatchObject({ what: 'states', recorded: ['session.dreaming'] });
    // and a viewer can still show it
    expect(readReport(elsewhere)[0].state.active).toContain('session.dreaming');
  });
});
