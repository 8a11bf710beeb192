import { connectionMachine } from '../../../machines/connection/connectionMachine.ts';
import { readChart, statesOf } from '../chart/readChart.ts';
import { isSame } from './stateChange.ts';
import { restsOf } from '../tellStep.ts';
import { pureChart, type Moment } from './pureChart.ts';
import { readReport } from './readReport.ts';
import { ReplayDifference } from './ReplayDifference.ts';
import type { InspectedStep, InspectedTimer, Plain } from '../InspectMessage.ts';

export interface ReplayOptions {
  /** The chart to replay through. @default today's `connectionMachine` */
  readonly machine?: typeof connectionMachine;
}

/**
 * Runs a report's steps through the real chart, and compares after each: which states are active, what was announced, which timers run,
 * how often it has failed, why, for whom, and until when it waits. So a report from the field becomes a regression test:
 * `replay(JSON.parse(readFileSync('report.json', 'utf8')))`. Nothing is waited for: the report brings its own time and dice.
 *
 * @param report from `connection.report()`, parsed or as JSON text
 * @returns how many steps were replayed
 * @throws ReplayDifference at the first step at which today's chart does something else
 * @throws ReportError for something that is no report
 */
export function replay(report: unknown, { machine = connectionMachine }: ReplayOptions = {}): { readonly steps: number } {
  const [actor, ...steps] = readReport(report);
  const paths = readChart(machine)
    .states.flatMap(statesOf)
    .map(({ path }) => path);
  const lost = actor.state.active.filter((path) => !paths.includes(path));
  if (lost.length > 0) throw new ReplayDifference({ step: 0, event: 'the start' }, 'states', lost, 'no such state');

  const chart = pureChart(machine, actor.policy);
  let moment: Moment = chart.begin(actor);
  steps.forEach((step, index) => {
    const where = { step: index, event: step.event.type };
    const differs = (what: string, recorded: unknown, replayed: unknown) => {
      throw new ReplayDifference(where, what, recorded, replayed);
    };
    // how long it runs was compared when it was started; when it ended is the record's word, whose clock may have been set since
    const isTimer = step.event.type.startsWith('xstate.after.');
    if (isTimer && !moment.timers.some(({ type }) => type === step.event.type)) differs('timers', step.event.type, 'no such timer runs');
    const next = chart.next(moment, step);
    compare(step, next, differs);
    // the two clocks agree again: what differed by a millisecond does not add up
    moment = chart.adopt(next, step);
  });
  return { steps: steps.length };
}

/** ms by which a recorded moment may differ: the clock goes on within a step, and a replay stands still. */
const blur = 50;

type Differs = (what: string, recorded: unknown, replayed: unknown) => void;

/** What an app or its user can tell apart. What the chart remembers besides shows in the steps that follow. */
const seen = ['userId', 'attempt', 'retryAt', 'failure'] as const;

function compare({ state, emitted }: InspectedStep, next: Moment, differs: Differs): void {
  const { active, memory } = next.state;
  if (!isSame(state.active, active)) differs('states', restsOf(state), restsOf(next.state));
  if (!isSame(typesOf(emitted), typesOf(next.emitted))) differs('emitted', typesOf(emitted), typesOf(next.emitted));
  for (const field of seen) {
    const [recorded, replayed] = [seenOf(state.memory[field]), seenOf(memory[field])];
    const isFine = field === 'retryAt' ? areClose(recorded, replayed) : isSame(recorded, replayed);
    if (!isFine) differs(field, recorded, replayed);
  }
  if (!areSameTimers(state.timers, next.timers)) differs('timers', wordsOf(state.timers), wordsOf(next.timers));
}

/** Of a failure, what is judged by: its message is for developers, and may be put better one day. */
function seenOf(value: Plain | undefined): Plain | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { message: _, ...judged } = value as { readonly [name: string]: Plain };
  return judged;
}

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

const areClose = (one: unknown, other: unknown) =>
  one === other || (typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= blur);

const byName = (one: InspectedTimer, other: InspectedTimer) => (keyOf(one) < keyOf(other) ? -1 : 1);
const keyOf = ({ name, state }: InspectedTimer) => `${state} ${name}`;

function areSameTimers(recorded: readonly InspectedTimer[], replayed: readonly InspectedTimer[]): boolean {
  const others = [...replayed].sort(byName);
  return (
    recorded.length === others.length &&
    [...recorded].sort(byName).every((timer, index) => {
      const other = others[index];
      return other !== undefined && keyOf(timer) === keyOf(other) && areClose(timer.dueAt, other.dueAt);
    })
  );
}

const wordsOf = (timers: readonly InspectedTimer[]) =>
  [...timers].sort(byName).map(({ name, startedAt, dueAt }) => `${name}: ${dueAt - startedAt} ms, due at ${dueAt}`);
