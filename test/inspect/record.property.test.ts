import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferSink, createRecorder, inspectConnection, readReport, replay } from 'connection-machine/inspect';
import { anyStory, type Story } from '../laws/support/steps.ts';
import { often, witness } from '../laws/support/walk.ts';
import { wildWorld } from '../laws/support/wildWorld.ts';

/** Lives a story, recorded and inspected. */
async function record({ beginning, steps }: Story, options?: Parameters<typeof createRecorder>[0]) {
  const world = wildWorld(beginning, { recorder: createRecorder(options) });
  const buffer = bufferSink(5_000);
  const stop = inspectConnection(world.connection, buffer);
  for (const step of steps) await world.play(step);
  const report = world.connection.report()!;
  await world.settle();
  stop();
  const told = buffer.messages.flatMap((message) => (message.type === 'step' ? [message] : []));
  return { report, told };
}

describe('whatever happens to a connection', () => {
  test('its report replays through the chart that recorded it', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 30 }), async (story) => {
        const { report } = await record(story, { steps: 12 });
        expect(replay(JSON.stringify(report))).toEqual({ steps: report.steps.length });
        if (report.dropped > 0) reached('a report that begins in the middle');
        if (report.steps.some(({ memory }) => typeof memory?.['retryAt'] === 'number')) reached('a wait');
      }),
      often(150),
    );
    reached.atLeast(5, 'a report that begins in the middle');
    reached.atLeast(30, 'a wait');
  });

  test('its report tells what an inspector was told', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 25 }), async (story) => {
        const { report, told } = await record(story, { size: 1_000_000 });
        const [, ...read] = readReport(JSON.parse(JSON.stringify(report)));
        const essence = ({ seq, at, event, transitions, emitted, state }: (typeof told)[number]) => ({
          seq,
          at,
          event,
          transitions,
          emitted,
          state,
        });
        expect(read.map(essence)).toEqual(told.slice(report.dropped, report.dropped + read.length).map(essence));
      }),
      often(60),
    );
  });

  test('its report has at most 50 000 characters, and as many steps as fit', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 60 }), fc.constantFrom(8_000, 20_000, 50_000), async (story, size) => {
        const { report, told } = await record(story, { size });
        expect(JSON.stringify(report).length).toBeLessThanOrEqual(size);
        if (told.length <= 20 && size === 50_000) expect(report.dropped).toBe(0);
      }),
      often(40),
    );
  });
});
