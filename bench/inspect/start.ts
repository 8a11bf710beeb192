// npm run bench:inspect: what looking costs, and what it costs when nobody looks.
//   -- --write   puts the table into docs/inspector.md
//   -- --rounds <n>   more rounds (default 40)
//
// Each round lives the same story (token refused, renewed, in, lost, waited, in again, signed out) in every way, one after the other and in
// another order each time, so that a noisy machine disturbs all of them alike. What counts is the ratio of the medians.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createConnection, type ConnectionOptions } from 'connection-machine';
import { bufferSink, createRecorder, inspectConnection } from 'connection-machine/inspect';
import { controlledClock, fakeTransport } from 'connection-machine/testing';
import { markdownTable } from '../../scripts/markdownTable.ts';
import { withTable } from '../../scripts/withTable.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, rounds: { type: 'string', default: '40' } } });
const rounds = Number(values.rounds);
const stories = 40;

type Connection = ReturnType<typeof createConnection>;
interface Way {
  readonly title: string;
  readonly options?: () => Partial<ConnectionOptions>;
  readonly watch?: (connection: Connection) => () => void;
}

/** The first is what the others are compared with; the second is the first again, and shows how much of a difference is noise. */
const ways: readonly Way[] = [
  { title: 'nobody looks' },
  { title: 'nobody looks (the same again: the noise)' },
  {
    title: '`inspectConnection` was there, and has been stopped',
    watch: (connection) => (inspectConnection(connection, bufferSink())(), () => undefined),
  },
  { title: "XState's own observer, doing nothing: `inspect: () => {}`", options: () => ({ inspect: () => undefined }) },
  { title: '`createRecorder()`', options: () => ({ recorder: createRecorder() }) },
  { title: '`inspectConnection(connection, bufferSink())`', watch: (connection) => inspectConnection(connection, bufferSink()) },
];

/** ms for `stories` stories. Making the connection and starting to look are not counted: both happen once in an app's life. */
async function time({ options, watch }: Way): Promise<number> {
  const clock = controlledClock();
  const transport = fakeTransport();
  let tokens = 0;
  const connection = createConnection({
    transport,
    fetchToken: async () => `token-${++tokens}`,
    clock,
    random: () => 0.5,
    signals: false,
    ...options?.(),
  });
  const stop = watch?.(connection);
  const begun = performance.now();
  for (let story = 0; story < stories; story += 1) {
    connection.connect();
    await clock.advance(0);
    transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
    await clock.advance(0);
    transport.last.succeed('alice');
    await clock.advance(15_000);
    transport.last.fail({ kind: 'network', code: 1006 });
    await clock.advance(1_000);
    transport.last.succeed('alice');
    await clock.advance(0);
    await connection.disconnect({ logout: true });
  }
  const took = performance.now() - begun;
  stop?.();
  return took;
}

const median = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;

const took = new Map<Way, number[]>(ways.map((way) => [way, []]));
for (let round = -3; round < rounds; round += 1) {
  // each way comes first, second, … equally often
  const order = [...ways.slice(Math.abs(round) % ways.length), ...ways.slice(0, Math.abs(round) % ways.length)];
  for (const way of order) {
    const ms = await time(way);
    // the first rounds are for the compiler
    if (round >= 0) took.get(way)?.push(ms);
  }
}
const [base] = ways.map((way) => median(took.get(way) ?? []));
const table = markdownTable(
  ['the same story, while', 'time, compared'],
  ways.map((way) => [way.title, `× ${(median(took.get(way) ?? []) / (base ?? NaN)).toFixed(2)}`]),
);
process.stdout.write(`${table}\n`);
if (values.write) {
  const page = new URL('../../docs/inspector.md', import.meta.url);
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), 'cost', table));
}
